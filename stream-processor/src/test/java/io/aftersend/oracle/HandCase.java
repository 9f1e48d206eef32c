package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A small history, and its numbers worked out by hand.
///
/// Expectations read `name = number`, where a name is that of a rate, of a type's counts
/// (`clicked.human_total`), `revenue.AZN`, or a bucket: `opened event own Asia/Tehran 15` for the
/// quarter of an hour that begins fifteen minutes after the start, and its content as
/// `total/human/first`.
///
/// @param script as [Script] reads it
/// @param isInOrder whether the numbers hold only if the events arrive in their order
public record HandCase(
    String name,
    CampaignTerms terms,
    List<String> script,
    List<String> expectations,
    boolean isInOrder) {
  public static final String CAMPAIGN = Script.CAMPAIGN;

  static HandCase of(String name) {
    return new HandCase(name, CampaignTerms.NONE, List.of(), List.of(), false);
  }

  HandCase with(CampaignTerms newTerms) {
    return new HandCase(name, newTerms, script, expectations, isInOrder);
  }

  HandCase inOrder() {
    return new HandCase(name, terms, script, expectations, true);
  }

  HandCase events(String... lines) {
    return new HandCase(name, terms, List.of(lines), expectations, isInOrder);
  }

  HandCase expects(String... lines) {
    return new HandCase(name, terms, script, List.of(lines), isInOrder);
  }

  /// The history, from a full hour on.
  public List<EmailEvent> history(Instant start) {
    return Script.events(start, script);
  }

  /// Those of the expectations that do not hold, as `name = number, got number`.
  public List<String> failures(Recount recount, Instant start) {
    Map<String, String> numbers = numbers(recount);
    recount.buckets().forEach((key, content) -> numbers.put(text(key, start), text(content)));
    return failures(numbers, expectations);
  }

  /// As [#failures(Recount, Instant)], where buckets are not known.
  ///
  /// @param numbers by name; of a rate, `numerator / denominator`
  public List<String> failuresWithoutBuckets(Map<String, String> numbers) {
    return failures(
        numbers,
        expectations.stream().filter(line -> !line.matches("\\w+ (event|sent) .*")).toList());
  }

  private static List<String> failures(Map<String, String> numbers, List<String> expectations) {
    List<String> failures = new ArrayList<>();
    for (String expectation : expectations) {
      String[] parts = expectation.split(" = ", 2);
      String got = numbers.getOrDefault(parts[0], "nothing");
      if (!got.equals(parts[1])) {
        failures.add(expectation + ", got " + got);
      }
    }
    return failures;
  }

  private Map<String, String> numbers(Recount recount) {
    Map<String, String> numbers = new TreeMap<>();
    Rates.of(recount, terms).forEach((rate, parts) -> numbers.put(rate, parts.toString()));
    recount
        .counts()
        .forEach(
            (type, counts) -> {
              numbers.put(type + ".total", "" + counts.total());
              numbers.put(type + ".unique", "" + counts.unique());
              numbers.put(type + ".human_total", "" + counts.humanTotal());
              numbers.put(type + ".human_unique", "" + counts.humanUnique());
            });
    numbers.put("late", "" + recount.late());
    recount
        .revenue()
        .forEach(
            (currency, sum) ->
                numbers.put("revenue." + currency, sum.stripTrailingZeros().toPlainString()));
    return numbers;
  }

  private static String text(Bucket bucket, Instant start) {
    return "%s %s %s %s %d"
        .formatted(
            bucket.event(),
            bucket.basis(),
            bucket.source(),
            bucket.zone(),
            (bucket.start().toEpochMilli() - start.toEpochMilli()) / 60_000);
  }

  private static String text(Bucket.Content content) {
    return content.total() + "/" + content.humanTotal() + "/" + content.first();
  }

  @Override
  public String toString() {
    return name;
  }
}
