package io.aftersend.query.webhook.delivery;

import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a webhook wants to be told. Safe for any thread.
final class Selection {
  private static final String HUMAN = "human";

  private final String tenant;
  private final Set<String> events;
  private final Set<String> signals;
  private final Set<String> campaigns;
  private final boolean isHumanOnly;

  Selection(WebhookSubscription subscription) {
    tenant = subscription.getTenant();
    events = Set.copyOf(subscription.getEvents());
    signals = Set.copyOf(subscription.getSignals());
    campaigns = Set.copyOf(subscription.getCampaigns());
    isHumanOnly = subscription.getHumanOnly();
  }

  /// Whether it wants the event. Who wants people only is told too when what was taken for a person
  /// turns out to be a machine.
  boolean wants(JudgedEvent event) {
    boolean isHuman = event.getVerdict().equals(HUMAN) || HUMAN.equals(event.getVerdictBefore());
    return event.getTenant().equals(tenant)
        && events.contains(event.getType())
        && hasCampaign(event.getCampaign())
        && (isHuman || !isHumanOnly);
  }

  /// Whether it wants the signal.
  boolean wants(Signal signal) {
    return signal.getTenant().equals(tenant)
        && signals.contains(signal.getSignal())
        && hasCampaign(signal.getCampaign());
  }

  private boolean hasCampaign(@Nullable String campaign) {
    return campaigns.isEmpty() || (campaign != null && campaigns.contains(campaign));
  }
}
