package io.aftersend.oracle;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/// The rates of a campaign by the definitions, each with numerator and denominator. Names are those
/// of the view `campaign_rates`.
public final class Rates {
  private final Recount recount;
  private final CampaignTerms terms;
  private final Counts clicks;
  private final Reach reach;
  private final long sent;
  private final long bounced;

  private Rates(Recount recount, CampaignTerms terms) {
    this.recount = recount;
    this.terms = terms;
    boolean isProviders = terms.countSource().equals("provider");
    clicks = isProviders ? recount.providerCounts("clicked") : recount.counts("clicked");
    reach = isProviders ? recount.providerReach() : recount.reach();
    sent = recount.counts("sent").unique();
    bounced = recount.finalState("hard") + recount.finalState("soft") + recount.finalState("block");
  }

  public static Map<String, Rate> of(Recount recount, CampaignTerms terms) {
    return new Rates(recount, terms).all();
  }

  private Map<String, Rate> all() {
    Map<String, Rate> rates = new TreeMap<>();
    rates.put("click_through_rate", Rate.of(clicks.humanUnique(), sent));
    rates.put("click_through_rate_total", Rate.of(clicks.humanTotal(), sent));
    rates.put("click_to_open_rate", Rate.of(clicks.humanUnique(), reach.human()));
    rates.put("conversion_rate", Rate.of(recount.converters(), sent));
    rates.put("bounce_rate", Rate.of(bounced, sent));
    rates.put("bounce_rate_hard", Rate.of(recount.finalState("hard"), sent));
    rates.put("bounce_rate_soft", Rate.of(recount.finalState("soft"), sent));
    rates.put("bounce_rate_block", Rate.of(recount.finalState("block"), sent));
    rates.put("forward_rate", Rate.of(recount.statedForwards(), sent));
    rates.put("forward_rate_inferred", Rate.of(recount.inferredForwards(), sent));
    rates.put("roi", returnOnInvestment());
    addOpenRates(rates);
    addRatesOfTheDelivered(rates);
    return rates;
  }

  private void addOpenRates(Map<String, Rate> rates) {
    long arrived = atLeastZero(sent - bounced);
    rates.put("open_rate_lower", Rate.of(reach.human(), arrived));
    rates.put("open_rate_upper", Rate.of(reach.all(), arrived));
    rates.put(
        "open_rate_adjusted", Rate.of(reach.human(), atLeastZero(arrived - reach.prefetchOnly())));
    rates.put("open_rate_prefetch_share", Rate.of(reach.prefetchOnly(), arrived));
  }

  private void addRatesOfTheDelivered(Map<String, Rate> rates) {
    long delivered =
        recount.counts("delivered").total() > 0
            ? recount.finalState("delivered")
            : atLeastZero(sent - bounced - recount.finalState("dropped"));
    rates.put("delivery_rate", Rate.of(delivered, sent));
    rates.put("unsubscribe_rate", Rate.of(recount.counts("unsubscribed").unique(), delivered));
    rates.put("complaint_rate", Rate.of(recount.counts("complained").unique(), delivered));
    rates.put("reply_rate", Rate.of(recount.answered(), delivered));
  }

  private Rate returnOnInvestment() {
    if (terms.cost() == null || terms.currency() == null) {
      return Rate.of(0, 0);
    }
    BigDecimal revenue = recount.revenue().getOrDefault(terms.currency(), BigDecimal.ZERO);
    return new Rate(revenue.subtract(terms.cost()), terms.cost());
  }

  private static long atLeastZero(long number) {
    return Math.max(0, number);
  }
}
