package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What conversions are worth, and of which orders they tell.
///
/// An order's conversions agree in value and currency.
final class Sales {
  private static final int SHARED_ORDERS = 12;

  private final Chance chance;
  private final boolean areOrdersShared;

  Sales(Chance chance, boolean areOrdersShared) {
    this.chance = chance;
    this.areOrdersShared = areOrdersShared;
  }

  /// @param buyer names the buyer's own orders; two conversions may name the same
  void describe(EmailEvent conversion, String buyer) {
    describe(conversion, buyer, areOrdersShared);
  }

  /// As [#describe(EmailEvent, String)], but of no order that others have.
  void describeOwn(EmailEvent conversion, String buyer) {
    describe(conversion, buyer, false);
  }

  private void describe(EmailEvent conversion, String buyer, boolean canBeShared) {
    conversion.setGoal("purchase");
    if (chance.percent(25)) {
      return;
    }
    String order = order(buyer, canBeShared);
    if (order == null) {
      price(conversion, chance.upTo(1_000_000_000));
    } else {
      conversion.setOrder(order);
      price(conversion, Math.floorMod(order.hashCode(), 1_000_000_000));
    }
  }

  private @Nullable String order(String buyer, boolean canBeShared) {
    if (canBeShared && chance.percent(15)) {
      return "shared-" + chance.upTo(SHARED_ORDERS);
    }
    return chance.percent(60) ? buyer + "-" + chance.upTo(2) : null;
  }

  /// @param millionths of the currency's unit
  private static void price(EmailEvent conversion, int millionths) {
    conversion.setValue(BigDecimal.valueOf(millionths, 6));
    conversion.setCurrency(List.of("AZN", "EUR", "AZN", "").get(millionths % 4));
    if (conversion.getCurrency().isEmpty()) {
      conversion.setCurrency(null);
    }
  }
}
