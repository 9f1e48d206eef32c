package io.aftersend.processor.engagement;

import io.aftersend.processor.engagement.Engagement.Names;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.state.KnownHit;
import io.aftersend.schemas.state.KnownMessage;
import io.aftersend.schemas.state.RecipientFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The public row of a recipient: a function of the facts.
final class EngagementRow {
  private final RecipientFacts facts;
  private final Set<String> opened = new HashSet<>();
  private final Set<String> clicked = new HashSet<>();
  private final Set<String> reacted = new HashSet<>();

  private EngagementRow(RecipientFacts facts) {
    this.facts = facts;
    for (KnownMessage message : facts.getMessages()) {
      mark(opened, message.getKey(), message.getOpens());
      mark(clicked, message.getKey(), message.getClicks());
      mark(
          reacted,
          message.getKey(),
          message.getOpens() + message.getClicks() + message.getReplies());
    }
    for (KnownHit hit : facts.getHits()) {
      if (hit.getIsHuman()) {
        (isOpen(hit) ? opened : clicked).add(hit.getKey());
        reacted.add(hit.getKey());
      }
    }
  }

  static RecipientEngagement of(String tenant, String recipient, RecipientFacts facts) {
    return new EngagementRow(facts).row(tenant, recipient);
  }

  private static void mark(Set<String> keys, String key, long count) {
    if (count > 0) {
      keys.add(key);
    }
  }

  private static boolean isOpen(KnownHit hit) {
    return hit.getType().equals(EventType.OPENED.wireName());
  }

  private RecipientEngagement row(String tenant, String recipient) {
    long sent = facts.getMessages().stream().filter(known -> known.getSent() != null).count();
    return new RecipientEngagement(
        tenant,
        recipient,
        sent + count(Names.SENT),
        hits(true) + count(Names.OPENED_TOTAL),
        opened.size() + count(Names.OPENED_UNIQUE),
        hits(false) + count(Names.CLICKED_TOTAL),
        clicked.size() + count(Names.CLICKED_UNIQUE),
        count(Names.REPLIED),
        count(Names.UNSUBSCRIBED),
        count(Names.COMPLAINED),
        reacted.size() + count(Names.REACTED),
        quietCampaigns(),
        time(facts.getTimes().get(Names.LAST_SENT)),
        time(last(Names.LAST_OPEN, true)),
        time(last(Names.LAST_CLICK, false)),
        time(facts.getTimes().get(Names.LAST_REPLY)),
        facts.getVersion());
  }

  private long hits(boolean areOpens) {
    return facts.getHits().stream()
        .filter(hit -> hit.getIsHuman() && isOpen(hit) == areOpens)
        .count();
  }

  private @Nullable Long last(String settled, boolean isOfOpens) {
    Long last = facts.getTimes().get(settled);
    for (KnownHit hit : facts.getHits()) {
      boolean isWanted = hit.getIsHuman() && isOpen(hit) == isOfOpens;
      if (isWanted && (last == null || hit.getTime() > last)) {
        last = hit.getTime();
      }
    }
    return last;
  }

  private long count(String name) {
    return facts.getCounts().getOrDefault(name, 0L);
  }

  private static @Nullable Instant time(@Nullable Long ms) {
    return ms == null ? null : Instant.ofEpochMilli(ms);
  }

  /// How many of the latest campaigns, back from the last one, had no reaction.
  private long quietCampaigns() {
    Map<String, Long> sent = new HashMap<>();
    Set<String> answered = new HashSet<>();
    for (KnownMessage message : facts.getMessages()) {
      String campaign = message.getCampaign();
      if (campaign == null) {
        continue;
      }
      if (message.getSent() != null) {
        sent.merge(campaign, message.getSent(), Math::max);
      }
      if (reacted.contains(message.getKey())) {
        answered.add(campaign);
      }
    }
    List<String> latestFirst = new ArrayList<>(sent.keySet());
    latestFirst.sort(
        Comparator.<String>comparingLong(campaign -> sent.getOrDefault(campaign, 0L))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    long quiet = 0;
    while (quiet < latestFirst.size() && !answered.contains(latestFirst.get((int) quiet))) {
      quiet++;
    }
    return quiet;
  }
}
