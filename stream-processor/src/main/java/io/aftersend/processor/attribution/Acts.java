package io.aftersend.processor.attribution;

import io.aftersend.processor.verdict.Judgement;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.KnownClick;
import io.aftersend.schemas.state.KnownConversion;
import io.aftersend.schemas.state.RecipientActs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What events do to the acts of a recipient. Pure: an event gives new acts and changes none. Of
/// each event the greatest revision stands, whenever it arrives.
final class Acts {
  /// Most clicks remembered of one recipient beside those that a conversion belongs to: older ones
  /// are forgotten first.
  static final int MAX_CLICKS = 200;

  /// Most conversions remembered of one recipient.
  static final int MAX_CONVERSIONS = 500;

  /// The code of ISO 4217 for "no currency".
  private static final String NO_CURRENCY = "XXX";

  private static final Comparator<KnownClick> BY_TIME =
      Comparator.comparingLong(KnownClick::getTime).thenComparing(KnownClick::getId);

  private Acts() {}

  static RecipientActs none() {
    return new RecipientActs(List.of(), List.of(), List.of());
  }

  /// Whether a conversion is one too many to be remembered.
  static boolean isFull(RecipientActs acts, JudgedEvent event) {
    return AttributionEvents.isConversion(event)
        && acts.getConversions().size() >= MAX_CONVERSIONS
        && conversion(acts, AttributionEvents.id(event)) == null;
  }

  /// The acts with the event, or null where it changes nothing.
  static @Nullable RecipientActs with(RecipientActs acts, JudgedEvent event) {
    return AttributionEvents.isConversion(event)
        ? withConversion(acts, event)
        : withClick(acts, event);
  }

  /// The acts with the knowledge that an order belongs to somebody else, or null where that was
  /// known.
  static @Nullable RecipientActs withTakenOrder(RecipientActs acts, String order) {
    if (acts.getTakenOrders().contains(order)) {
      return null;
    }
    List<String> taken = new ArrayList<>(acts.getTakenOrders());
    taken.add(order);
    return new RecipientActs(acts.getClicks(), acts.getConversions(), taken);
  }

  private static @Nullable RecipientActs withClick(RecipientActs acts, JudgedEvent event) {
    String id = AttributionEvents.id(event);
    List<KnownClick> clicks = new ArrayList<>(acts.getClicks());
    int at = 0;
    while (at < clicks.size() && !clicks.get(at).getId().equals(id)) {
      at++;
    }
    boolean isKnown = at < clicks.size();
    if (isKnown && clicks.get(at).getRevision() >= event.getRevision()) {
      return null;
    }
    KnownClick click =
        new KnownClick(
            id,
            event.getEventTime().toEpochMilli(),
            event.getCampaign(),
            event.getMessage(),
            event.getRevision(),
            AttributionEvents.isHuman(event));
    if (isKnown) {
      clicks.set(at, click);
    } else {
      clicks.add(click);
    }
    forgetOldest(clicks, acts.getConversions());
    return new RecipientActs(clicks, acts.getConversions(), acts.getTakenOrders());
  }

  private static void forgetOldest(List<KnownClick> clicks, List<KnownConversion> conversions) {
    if (clicks.size() <= MAX_CLICKS) {
      return;
    }
    Set<String> used = new HashSet<>();
    conversions.forEach(conversion -> used.add(String.valueOf(conversion.getClick())));
    clicks.stream()
        .filter(click -> !used.contains(click.getId()))
        .sorted(BY_TIME.reversed())
        .skip(MAX_CLICKS)
        .toList()
        .forEach(clicks::remove);
  }

  private static @Nullable RecipientActs withConversion(RecipientActs acts, JudgedEvent event) {
    String id = AttributionEvents.id(event);
    KnownConversion known = conversion(acts, id);
    if (known != null && known.getRevision() >= event.getRevision()) {
      return null;
    }
    boolean isNeverHuman =
        known == null
            && !AttributionEvents.isHuman(event)
            && event.getRevision() <= Judgement.FIRST_REVISION;
    if (isNeverHuman && !AttributionEvents.isNamed(event)) {
      return null;
    }
    List<KnownConversion> conversions = new ArrayList<>(acts.getConversions());
    conversions.remove(known);
    conversions.add(conversion(id, event, known));
    return new RecipientActs(acts.getClicks(), conversions, acts.getTakenOrders());
  }

  private static @Nullable KnownConversion conversion(RecipientActs acts, String id) {
    for (KnownConversion conversion : acts.getConversions()) {
      if (conversion.getId().equals(id)) {
        return conversion;
      }
    }
    return null;
  }

  private static KnownConversion conversion(
      String id, JudgedEvent event, @Nullable KnownConversion known) {
    boolean isNamed = AttributionEvents.isNamed(event);
    KnownConversion conversion =
        known == null ? new KnownConversion() : KnownConversion.newBuilder(known).build();
    conversion.setId(id);
    conversion.setEventId(event.getEventId());
    conversion.setTime(event.getEventTime().toEpochMilli());
    conversion.setIsNamed(isNamed);
    conversion.setRevision(event.getRevision());
    conversion.setIsHuman(AttributionEvents.isHuman(event));
    conversion.setIsCounted(event.getCounted());
    if (isNamed) {
      conversion.setCampaign(event.getCampaign());
      conversion.setMessage(event.getMessage());
    }
    conversion.setOrder(event.getOrder());
    conversion.setValue(event.getValue());
    conversion.setCurrency(currency(event));
    return conversion;
  }

  private static @Nullable String currency(JudgedEvent event) {
    if (event.getValue() == null) {
      return null;
    }
    String currency = event.getCurrency();
    return currency == null ? NO_CURRENCY : currency.toUpperCase(Locale.ROOT);
  }
}
