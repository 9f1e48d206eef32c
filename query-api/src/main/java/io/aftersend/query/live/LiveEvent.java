package io.aftersend.query.live;

import io.aftersend.query.http.Json;
import io.aftersend.schemas.event.JudgedEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An event with its place in the topic. For one thread at a time; what [#message()] gives may be
/// shared.
final class LiveEvent {
  private final int partition;
  private final long offset;
  private final Positions after;
  private final JudgedEvent event;
  private byte @Nullable [] message;

  /// @param after where a reader is who has read this event and all before it
  LiveEvent(int partition, long offset, Positions after, JudgedEvent event) {
    this.partition = partition;
    this.offset = offset;
    this.after = after;
    this.event = event;
  }

  /// Whether it lies before a position.
  boolean isBefore(Positions positions) {
    return offset < positions.next(partition);
  }

  Positions after() {
    return after;
  }

  JudgedEvent event() {
    return event;
  }

  /// The event as a message of an event stream; made once for all readers, never changed.
  byte[] message() {
    byte[] bytes = message;
    if (bytes == null) {
      bytes = message(after);
      message = bytes;
    }
    return bytes;
  }

  /// The same for a reader who resumes elsewhere.
  ///
  /// @param id where a reader is who has read this message and all before it
  byte[] message(Positions id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    out.writeBytes(("id: " + id + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(Json.bytes(EventJson.of(event)));
    out.write('\n');
    out.write('\n');
    return out.toByteArray();
  }
}
