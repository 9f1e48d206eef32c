package io.aftersend.processor.attribution;

import io.aftersend.schemas.state.KnownClick;
import io.aftersend.schemas.state.KnownConversion;
import io.aftersend.schemas.state.RecipientActs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The decision where the conversions of one recipient belong: to the last human click within the
/// window before each of them. Pure, and a function of all that is known of the recipient, so that
/// late clicks, late conversions and changed verdicts end in the same decisions in any order.
///
/// Of several conversions with one order, one that names its campaign or message has it. Else,
/// among those of one recipient, the first that has a click before it, else the first.
final class Attribution {
  private final RecipientActs acts;
  private final long windowMs;
  private final Map<String, @Nullable KnownClick> clicks = new HashMap<>();
  private final Set<String> takenOrders = new HashSet<>();
  private final Map<String, String> winners = new HashMap<>();

  private Attribution(RecipientActs acts, Duration window) {
    this.acts = acts;
    this.windowMs = window.toMillis();
  }

  /// The acts with the decision for each conversion. A changed decision has the next version.
  ///
  /// @param window how long before a conversion its click may lie, the end included
  static RecipientActs decided(RecipientActs acts, Duration window) {
    Attribution attribution = new Attribution(acts, window);
    attribution.findClicks();
    attribution.giveOrders();
    List<KnownConversion> conversions = new ArrayList<>();
    for (KnownConversion conversion : acts.getConversions()) {
      conversions.add(conversion.getIsNamed() ? conversion : attribution.decided(conversion));
    }
    return new RecipientActs(acts.getClicks(), conversions, acts.getTakenOrders());
  }

  private void findClicks() {
    for (KnownConversion conversion : acts.getConversions()) {
      if (!conversion.getIsNamed()) {
        clicks.put(conversion.getId(), lastClick(conversion.getTime()));
      }
    }
  }

  private @Nullable KnownClick lastClick(long timeMs) {
    return acts.getClicks().stream()
        .filter(KnownClick::getIsHuman)
        .filter(click -> click.getTime() <= timeMs && click.getTime() >= timeMs - windowMs)
        .max(Comparator.comparingLong(KnownClick::getTime).thenComparing(KnownClick::getId))
        .orElse(null);
  }

  private void giveOrders() {
    takenOrders.addAll(acts.getTakenOrders());
    Map<String, KnownConversion> first = new HashMap<>();
    Comparator<KnownConversion> precedence =
        Comparator.<KnownConversion>comparingInt(
                conversion -> clicks.get(conversion.getId()) == null ? 1 : 0)
            .thenComparingLong(KnownConversion::getTime)
            .thenComparing(KnownConversion::getId);
    for (KnownConversion conversion : acts.getConversions()) {
      String order = conversion.getOrder();
      if (order == null || !conversion.getIsHuman()) {
        continue;
      }
      if (conversion.getIsNamed()) {
        takenOrders.add(order);
      } else {
        first.merge(
            order, conversion, (one, other) -> precedence.compare(one, other) <= 0 ? one : other);
      }
    }
    first.forEach((order, conversion) -> winners.put(order, conversion.getId()));
  }

  private KnownConversion decided(KnownConversion conversion) {
    Outcome outcome = outcome(conversion);
    KnownClick click = outcome == Outcome.ATTRIBUTED ? clicks.get(conversion.getId()) : null;
    KnownConversion decided = KnownConversion.newBuilder(conversion).build();
    decided.setOutcome(outcome.wireName());
    decided.setCampaign(click == null ? null : click.getCampaign());
    decided.setMessage(click == null ? null : click.getMessage());
    decided.setClick(click == null ? null : click.getId());
    decided.setClickTime(click == null ? null : Long.valueOf(click.getTime()));
    if (isSame(decided, conversion)) {
      return conversion;
    }
    decided.setVersion(conversion.getVersion() + 1);
    return decided;
  }

  private Outcome outcome(KnownConversion conversion) {
    if (!conversion.getIsHuman()) {
      return Outcome.MACHINE;
    }
    String order = conversion.getOrder();
    boolean isRepeated =
        order != null
            && (takenOrders.contains(order) || !conversion.getId().equals(winners.get(order)));
    if (isRepeated) {
      return Outcome.ORDER_REPEATED;
    }
    return clicks.get(conversion.getId()) == null ? Outcome.UNATTRIBUTED : Outcome.ATTRIBUTED;
  }

  private static boolean isSame(KnownConversion one, KnownConversion other) {
    return Objects.equals(one.getOutcome(), other.getOutcome())
        && Objects.equals(one.getClick(), other.getClick())
        && Objects.equals(one.getCampaign(), other.getCampaign());
  }
}
