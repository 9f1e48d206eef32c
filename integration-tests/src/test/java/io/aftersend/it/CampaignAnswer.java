package io.aftersend.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.oracle.CampaignTerms;
import io.aftersend.oracle.Counts;
import io.aftersend.oracle.Rate;
import io.aftersend.oracle.Rates;
import io.aftersend.oracle.Recount;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The numbers of an answer of `GET /campaigns/{id}`, by name: counts, revenue, and of each rate
/// `numerator / denominator`.
final class CampaignAnswer {
  private final Map<String, String> numbers = new TreeMap<>();

  private CampaignAnswer() {}

  static Map<String, String> numbers(JsonNode campaign) {
    CampaignAnswer answer = new CampaignAnswer();
    answer.addObject("", campaign.get("counts"));
    answer.addObject("revenue.", campaign.get("revenue"));
    campaign
        .get("rates")
        .properties()
        .forEach(rate -> answer.addRate(rate.getKey(), rate.getValue()));
    answer.numbers.remove("open_rate");
    return answer.numbers;
  }

  /// The same numbers, as the oracle has them.
  static Map<String, String> numbers(Recount recount, CampaignTerms terms, Iterable<String> types) {
    CampaignAnswer answer = new CampaignAnswer();
    boolean isProviders = terms.countSource().equals("provider");
    for (String type : types) {
      boolean isHit = type.equals("opened") || type.equals("clicked");
      Counts counts = isHit && isProviders ? recount.providerCounts(type) : recount.counts(type);
      answer.addCounts(type, counts, isHit);
    }
    recount.revenue().forEach((currency, sum) -> answer.add("revenue." + currency, sum));
    Map<String, Rate> rates = Rates.of(recount, terms);
    rates.forEach((name, rate) -> answer.numbers.put(name, rate.toString()));
    return answer.numbers;
  }

  private void addCounts(String type, Counts counts, boolean isHit) {
    add(type + ".total", BigDecimal.valueOf(counts.total()));
    add(type + ".unique", BigDecimal.valueOf(counts.unique()));
    if (isHit) {
      add(type + ".human_total", BigDecimal.valueOf(counts.humanTotal()));
      add(type + ".human_unique", BigDecimal.valueOf(counts.humanUnique()));
    }
  }

  private void addObject(String prefix, JsonNode node) {
    node.properties()
        .forEach(
            member -> {
              if (member.getValue().isObject()) {
                addObject(prefix + member.getKey() + ".", member.getValue());
              } else {
                add(prefix + member.getKey(), member.getValue().decimalValue());
              }
            });
  }

  /// A rate, and those inside it: `bounce_rate` has `hard`, which is `bounce_rate_hard`.
  private void addRate(String name, JsonNode rate) {
    BigDecimal numerator = rate.get("numerator").decimalValue();
    BigDecimal denominator = rate.get("denominator").decimalValue();
    requireQuotient(name, rate, numerator, denominator);
    numbers.put(name, new Rate(numerator, denominator).toString());
    rate.properties()
        .forEach(
            member -> {
              if (member.getValue().isObject()) {
                addRate(name + "_" + member.getKey(), member.getValue());
              }
            });
  }

  /// Without a denominator there is no value.
  private static void requireQuotient(
      String name, JsonNode rate, BigDecimal numerator, BigDecimal denominator) {
    BigDecimal expected =
        denominator.signum() == 0 ? null : numerator.divide(denominator, MathContext.DECIMAL64);
    if (!isAbout(expected, rate.get("value"))) {
      throw new AssertionError("expected %s = %s, got %s".formatted(name, expected, rate));
    }
  }

  private static boolean isAbout(@Nullable BigDecimal expected, JsonNode value) {
    if (expected == null || value.isNull()) {
      return expected == null && value.isNull();
    }
    return expected.subtract(value.decimalValue()).abs().compareTo(new BigDecimal("1e-9")) < 0;
  }

  private void add(String name, BigDecimal number) {
    if (!name.startsWith("revenue.") || number.signum() != 0) {
      numbers.put(name, number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }
  }
}
