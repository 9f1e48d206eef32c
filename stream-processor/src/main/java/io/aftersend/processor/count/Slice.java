package io.aftersend.processor.count;

import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.Told;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of a campaign that has counters of its own: one value of one dimension, or the whole.
///
/// @param dimension empty for the whole campaign, as is `value`
public record Slice(String dimension, String value) {
  public static final Slice WHOLE = new Slice("", "");

  static final String VARIANT = "variant";
  static final String LABEL = "label";
  static final String MAILBOX_PROVIDER = "mailbox_provider";
  static final String ACCOUNT = "account";
  static final String DEVICE = "device";
  static final String COUNTRY = "country";

  /// The slices that all counts of a message fall in, the whole campaign among them.
  static Set<Slice> ofMessage(MessageFacts facts) {
    Set<Slice> slices = new LinkedHashSet<>();
    slices.add(WHOLE);
    add(slices, VARIANT, facts.getVariant());
    add(slices, LABEL, facts.getLabels());
    add(slices, ACCOUNT, facts.getAccount());
    String mailboxProvider = facts.getMailboxProvider();
    if (mailboxProvider != null) {
      slices.add(new Slice(MAILBOX_PROVIDER, mailboxProvider));
    }
    return slices;
  }

  private static void add(Set<Slice> slices, String dimension, @Nullable Told told) {
    if (told != null) {
      told.getValues().forEach(value -> slices.add(new Slice(dimension, value)));
    }
  }

  /// The key of a campaign's slice in the topic of metrics.
  public String topicKey(String tenant, String campaign) {
    return String.join("|", tenant, campaign, dimension, value);
  }

  /// Sums without counts.
  public CampaignSums empty(String tenant, String campaign) {
    return new CampaignSums(
        tenant, campaign, dimension, value, new HashMap<>(), new HashMap<>(), 0L);
  }

  /// The slice that sums are of.
  public static Slice of(CampaignSums sums) {
    return new Slice(sums.getDimension(), sums.getDimensionValue());
  }

  /// The public record of sums.
  static CampaignMetrics published(CampaignSums sums) {
    return new CampaignMetrics(
        sums.getTenant(),
        sums.getCampaign(),
        sums.getDimension(),
        sums.getDimensionValue(),
        sums.getCounters(),
        sums.getRevenue(),
        sums.getVersion());
  }
}
