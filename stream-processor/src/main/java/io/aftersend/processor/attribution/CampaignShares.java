package io.aftersend.processor.attribution;

import io.aftersend.processor.count.Slice;
import io.aftersend.processor.count.Sums;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.state.KnownConversion;
import io.aftersend.schemas.state.RecipientActs;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the attributed conversions of one recipient add to campaigns, as a function of what was
/// decided, so that a new decision changes the counts by the difference. Collects signed shares.
///
/// A conversion counts for the message whose link was clicked last; one that was clicked without a
/// message counts for the recipient. Where that message, or recipient, converts in its own name
/// already, it is no second converter.
final class CampaignShares {
  private final String tenant;
  private final Map<String, CampaignSums> shares = new HashMap<>();

  CampaignShares(String tenant) {
    this.tenant = tenant;
  }

  /// Adds the shares of acts, or takes them away.
  ///
  /// @param sign 1 to add, -1 to take away
  void add(RecipientActs acts, int sign) {
    Set<Unit> converted = new HashSet<>();
    Set<Unit> convertedByPerson = new HashSet<>();
    for (KnownConversion conversion : acts.getConversions()) {
      if (conversion.getIsNamed() && conversion.getIsCounted()) {
        Unit unit = Unit.of(conversion.getCampaign(), conversion.getMessage());
        converted.add(unit);
        if (conversion.getIsHuman()) {
          convertedByPerson.add(unit);
        }
      }
    }
    for (KnownConversion conversion : acts.getConversions()) {
      String campaign = conversion.getCampaign();
      if (!conversion.getIsNamed() && campaign != null) {
        Unit unit = Unit.of(campaign, conversion.getMessage());
        add(campaign, conversion, sign, converted.add(unit), convertedByPerson.add(unit));
      }
    }
  }

  private void add(
      String campaign, KnownConversion conversion, int sign, boolean isNew, boolean isNewByPerson) {
    Map<String, Long> counters = new HashMap<>();
    counters.put("converted.total", (long) sign);
    counters.put("converted.human_total", (long) sign);
    counters.put("converted.attributed_total", (long) sign);
    if (isNew) {
      counters.put("converted.unique", (long) sign);
    }
    if (isNewByPerson) {
      counters.put("converted.human_unique", (long) sign);
      counters.put("converters", (long) sign);
    }
    BigDecimal value = conversion.getValue();
    String currency = conversion.getCurrency();
    Map<String, BigDecimal> revenue =
        value == null || currency == null
            ? Map.of()
            : Map.of(currency, sign < 0 ? value.negate() : value);
    CampaignSums share = shares.computeIfAbsent(campaign, any -> Slice.WHOLE.empty(tenant, any));
    Sums.add(share, counters, revenue);
  }

  /// The campaigns whose counts change, and by how much.
  Collection<CampaignSums> changes() {
    shares
        .values()
        .removeIf(share -> share.getCounters().isEmpty() && share.getRevenue().isEmpty());
    return shares.values();
  }

  /// Who converts once: a message, else the recipient in a campaign.
  private record Unit(@Nullable String campaign, @Nullable String message) {
    static Unit of(@Nullable String campaign, @Nullable String message) {
      return message == null ? new Unit(campaign, null) : new Unit(null, message);
    }
  }
}
