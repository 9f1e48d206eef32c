package io.aftersend.processor.signal;

import java.math.BigDecimal;

/// From which rates of a campaign on a signal is raised, and on how many mails a rate must rest.
///
/// @param minDelivered fewest delivered messages for a rate of complaints, from 1
/// @param bounceLimit rate of bounces, a ratio
/// @param minSent fewest sent messages for a rate of bounces, from 1
public record RateLimits(long minDelivered, BigDecimal bounceLimit, long minSent) {
  /// From here on mailbox providers look closer.
  static final BigDecimal COMPLAINT_WARNING = new BigDecimal("0.001");

  /// From here on they begin to refuse mail.
  static final BigDecimal COMPLAINT_ALARM = new BigDecimal("0.003");
}
