package io.aftersend.processor.count;

import io.aftersend.processor.verdict.Sighting;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What counting needs to know of a judged event beside its ids.
///
/// @param tally under which name it is counted
record EventKind(EventType type, Verdict verdict, String tally) {
  private static final Set<EventType> HEATMAP =
      EnumSet.of(
          EventType.OPENED,
          EventType.CLICKED,
          EventType.SENT,
          EventType.RECEIVED,
          EventType.REPLIED);

  /// A provider's own opens and clicks are counted apart from ours.
  private static final Set<EventType> COUNTED_BY_PROVIDERS =
      EnumSet.of(EventType.OPENED, EventType.CLICKED);

  static final String PROVIDER_PREFIX = "provider.";
  private static final String OWN = "own";
  private static final String PROVIDER = "provider";

  private static final Set<String> HEATMAP_TALLIES = heatmapTallies();
  private static final Set<String> HIT_TALLIES = hitTallies();

  static EventKind of(JudgedEvent event) {
    EventType type = EventType.ofWireName(event.getType());
    if (type == null) {
      throw new IllegalArgumentException("expected a known event type, got " + event.getType());
    }
    return new EventKind(
        type, Verdict.ofWireName(event.getVerdict()), tally(type, event.getProvider()));
  }

  /// The same event with another verdict.
  EventKind judged(Verdict other) {
    return new EventKind(type, other, tally);
  }

  /// Under which name an event is counted.
  ///
  /// @param provider who reported it; null for our own
  static String tally(EventType type, @Nullable String provider) {
    boolean isProviders = provider != null && COUNTED_BY_PROVIDERS.contains(type);
    return isProviders ? PROVIDER_PREFIX + type.wireName() : type.wireName();
  }

  /// Whose count is kept under that name: `own` or `provider`.
  static String source(String tally) {
    return tally.startsWith(PROVIDER_PREFIX) ? PROVIDER : OWN;
  }

  /// Whether hits of a mail are counted under that name.
  static boolean isOfHits(String tally) {
    return HIT_TALLIES.contains(tally);
  }

  /// Whether it is an open or a click, ours or a provider's.
  boolean isOpenOrClick() {
    return COUNTED_BY_PROVIDERS.contains(type);
  }

  /// Whether the heatmap shows events of the type.
  boolean isOfHeatmap() {
    return HEATMAP.contains(type);
  }

  /// Whether the heatmap shows what is counted under that name.
  static boolean isOfHeatmap(String tally) {
    return HEATMAP_TALLIES.contains(tally);
  }

  boolean isHuman() {
    return verdict.isHuman();
  }

  /// The class of a bounce; null where the event is none.
  static @Nullable BounceClass bounceClass(EventType type, JudgedEvent event) {
    return type == EventType.BOUNCED
        ? BounceClass.of(
            event.getBounceClass(),
            event.getEnhancedCode(),
            event.getSmtpCode(),
            event.getDiagnostic())
        : null;
  }

  private static Set<String> hitTallies() {
    Set<String> tallies = new HashSet<>();
    for (EventType type : EventType.values()) {
      if (Sighting.isHit(type)) {
        tallies.add(type.wireName());
      }
    }
    COUNTED_BY_PROVIDERS.forEach(type -> tallies.add(PROVIDER_PREFIX + type.wireName()));
    return Set.copyOf(tallies);
  }

  private static Set<String> heatmapTallies() {
    Set<String> tallies = new HashSet<>();
    HEATMAP.forEach(type -> tallies.add(type.wireName()));
    COUNTED_BY_PROVIDERS.forEach(type -> tallies.add(PROVIDER_PREFIX + type.wireName()));
    return Set.copyOf(tallies);
  }
}
