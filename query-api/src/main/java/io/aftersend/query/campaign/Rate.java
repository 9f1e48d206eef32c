package io.aftersend.query.campaign;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A rate with all that one must know to read it.
///
/// @param metric its name in the view `campaign_rates`
/// @param value the ratio, 0.05 for 5 %; null where the denominator is 0
/// @param counts whom the numerator counts: `human` or `all`
/// @param currency of amounts of money; empty elsewhere
public record Rate(
    String metric,
    BigDecimal numerator,
    BigDecimal denominator,
    @Nullable BigDecimal value,
    String counts,
    String currency) {}
