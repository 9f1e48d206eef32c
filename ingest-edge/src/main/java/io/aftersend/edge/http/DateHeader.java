package io.aftersend.edge.http;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `Date` header line of the present second. One per event loop.
final class DateHeader {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("'Date: 'EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private long second = Long.MIN_VALUE;
  private byte[] line = {};

  DateHeader(InstantSource clock) {
    this.clock = clock;
  }

  /// The line with its end. Borrowed: valid until the next call.
  byte[] line() {
    long now = Math.floorDiv(clock.millis(), 1000L);
    if (now != second) {
      second = now;
      line = (FORMAT.format(clock.instant()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
    return line;
  }
}
