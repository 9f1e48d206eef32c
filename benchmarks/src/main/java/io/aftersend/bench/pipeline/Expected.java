package io.aftersend.bench.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The generator's own book of what every campaign must come to. For one thread.
///
/// Of the counters it keeps those whose numbers follow from the mails without judging anything.
final class Expected {
  private final Map<String, Map<String, Long>> counters = new HashMap<>();

  /// Adds a mail.
  ///
  /// @param campaign its id
  void add(String campaign, Mail mail) {
    Map<String, Long> sums = counters.computeIfAbsent(campaign, any -> new TreeMap<>());
    count(sums, "sent", 1, 1);
    count(sums, mail.isBounced() ? "bounced" : "delivered", 1, 1);
    add(sums, mail.isBounced() ? "state.hard" : "state.delivered", 1);
    int peoplesOpens = mail.proxyOpens() + mail.personsOpens();
    count(sums, "opened", mail.prefetches() + peoplesOpens, peoplesOpens);
    count(sums, "clicked", mail.personsClicks() + mail.scannersClicks(), mail.personsClicks());
    int hits = mail.events() - 2;
    add(sums, "reached.all", Math.min(1, hits));
    add(sums, "reached.human", Math.min(1, peoplesOpens + mail.personsClicks()));
  }

  private static void count(Map<String, Long> sums, String type, long total, long human) {
    add(sums, type + ".total", total);
    add(sums, type + ".unique", Math.min(1, total));
    add(sums, type + ".human_total", human);
    add(sums, type + ".human_unique", Math.min(1, human));
  }

  private static void add(Map<String, Long> sums, String counter, long count) {
    sums.merge(counter, count, Long::sum);
  }

  /// How many events there were of the campaigns that are in the book.
  long events() {
    long events = 0;
    for (Map<String, Long> sums : counters.values()) {
      for (String type : new String[] {"sent", "delivered", "bounced", "opened", "clicked"}) {
        events += sums.getOrDefault(type + ".total", 0L);
      }
    }
    return events;
  }

  /// The numbers by campaign and counter.
  Map<String, Map<String, Long>> counters() {
    return counters;
  }
}
