package io.aftersend.edge.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `Date` header line of the present second. One per event loop.
final class DateHeader {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("'Date: 'EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final LoopClock clock;
  private long second = Long.MIN_VALUE;
  private byte[] line = {};

  DateHeader(LoopClock clock) {
    this.clock = clock;
  }

  /// The line with its end. Borrowed: valid until the next call.
  byte[] line() {
    long now = Math.floorDiv(clock.nowMs(), 1000L);
    if (now != second) {
      second = now;
      String text = FORMAT.format(Instant.ofEpochSecond(now)) + "\r\n";
      line = text.getBytes(StandardCharsets.US_ASCII);
    }
    return line;
  }
}
