package io.aftersend.edge.hit;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What the query of a conversion says.
///
/// @param value of six places
record Conversion(
    @Nullable String goal,
    @Nullable BigDecimal value,
    @Nullable String currency,
    @Nullable String order) {

  /// That of every other hit.
  static final Conversion NONE = new Conversion(null, null, null, null);
}
