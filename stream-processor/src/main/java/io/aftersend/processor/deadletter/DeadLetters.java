package io.aftersend.processor.deadletter;

import io.aftersend.schemas.deadletter.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes dead letters: records that could not be used, kept with the reason.
public final class DeadLetters {
  /// Longest key or value kept, in bytes: with both, a dead letter stays below the size that
  /// brokers accept by default.
  static final int KEPT_BYTES = 256 * 1024;

  private DeadLetters() {}

  /// The dead letter of a record. A long key or value is cut, and the error says so.
  ///
  /// @param nowMs when it is set aside, epoch milliseconds
  public static DeadLetter of(
      Place place, Unusable unusable, byte @Nullable [] key, byte @Nullable [] value, long nowMs) {
    DeadLetter letter = new DeadLetter();
    letter.setSource(place.topic());
    letter.setPartition(place.partition());
    letter.setOffset(place.offset());
    letter.setReason(unusable.reason().wireName());
    letter.setError(unusable.error() + cutNote("key", key) + cutNote("value", value));
    letter.setTime(Instant.ofEpochMilli(nowMs));
    letter.setKey(kept(key));
    letter.setValue(kept(value));
    return letter;
  }

  private static @Nullable ByteBuffer kept(byte @Nullable [] bytes) {
    return bytes == null
        ? null
        : ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, KEPT_BYTES)));
  }

  private static String cutNote(String what, byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= KEPT_BYTES
        ? ""
        : " (%s of %d bytes cut to %d)".formatted(what, bytes.length, KEPT_BYTES);
  }
}
