package io.aftersend.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives a conversion that names nothing but its recipient to the campaign of the last link that
/// this recipient clicked as a person, within the week before it.
final class Attribution {
  private static final Duration WINDOW = Duration.ofDays(7);
  private static final Comparator<Click> LATEST =
      Comparator.comparing((Click click) -> click.judged().time())
          .thenComparing(click -> click.judged().event().getMessage())
          .thenComparing(click -> click.judged().event().getEventId());

  private final List<Click> clicks;

  /// A click by a person whose recipient and campaign were known when it came.
  record Click(Judged judged, String campaign) {}

  /// A conversion that counts in a campaign, as one more of what converts the clicked message.
  record Won(Judged sale, String campaign) {}

  Attribution(List<Click> clicks) {
    this.clicks = clicks;
  }

  /// Decides all conversions of people that name nothing but their recipients.
  ///
  /// @param sales in order of arrival; those of different recipients share no order
  /// @param takenOrders those of conversions that name their campaign or message
  List<Won> decide(List<Judged> sales, Set<String> takenOrders) {
    List<Judged> first = new ArrayList<>(sales);
    first.sort(
        Comparator.comparing((Judged sale) -> lastClick(sale) == null)
            .thenComparing(Judged::time)
            .thenComparing(sale -> sale.event().getEventId()));
    Set<String> orders = new HashSet<>(takenOrders);
    List<Won> won = new ArrayList<>();
    for (Judged sale : first) {
      String order = sale.event().getOrder();
      boolean isRepeated = order != null && !orders.add(order);
      Click click = lastClick(sale);
      if (click != null && !isRepeated) {
        Judged ofMessage = new Judged(sale.event(), click.judged().unit(), sale.verdict());
        won.add(new Won(ofMessage, click.campaign()));
      }
    }
    return won;
  }

  private @Nullable Click lastClick(Judged sale) {
    Instant from = sale.time().minus(WINDOW);
    return clicks.stream()
        .filter(click -> sale.event().getRecipient().equals(click.judged().event().getRecipient()))
        .filter(click -> !click.judged().time().isAfter(sale.time()))
        .filter(click -> !click.judged().time().isBefore(from))
        .max(LATEST)
        .orElse(null);
  }
}
