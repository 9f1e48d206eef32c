package io.aftersend.processor.accounting;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.JudgedEvent;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where in which journal an event lies: of two records with the same position, one was sent again.
///
/// @param journal id of the journal, 16 hexadecimal digits
/// @param lane lane of the journal, from 0
/// @param sequence place in the lane, from 1
public record Position(String journal, int lane, long sequence) {
  private static final int JOURNAL_LENGTH = 16;
  private static final byte FORMAT = 2;
  private static final int ENCODED_BYTES = 1 + Long.BYTES + Integer.BYTES + Long.BYTES;

  /// The position of an event; null where no journal of ours made one.
  public static @Nullable Position of(EmailEvent event) {
    return of(event.getJournal(), event.getLane(), event.getSequence());
  }

  /// The position of a judged event; null where no journal of ours made one.
  static @Nullable Position of(JudgedEvent event) {
    return of(event.getJournal(), event.getLane(), event.getSequence());
  }

  private static @Nullable Position of(
      @Nullable String journal, @Nullable Integer lane, @Nullable Long sequence) {
    return journal == null
            || lane == null
            || sequence == null
            || lane < 0
            || sequence < 1
            || !isJournal(journal)
        ? null
        : new Position(journal, lane, sequence);
  }

  private static boolean isJournal(String text) {
    if (text.length() != JOURNAL_LENGTH) {
      return false;
    }
    for (int i = 0; i < JOURNAL_LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// The key under which the lane is added up.
  String laneKey() {
    return journal + "|" + lane;
  }

  /// The position as the id of a hit: `journal-lane-sequence`.
  String text() {
    return journal + "-" + lane + "-" + sequence;
  }

  /// The position in a few bytes, equal exactly where positions are.
  byte[] encoded() {
    return ByteBuffer.allocate(ENCODED_BYTES)
        .put(FORMAT)
        .putLong(HexFormat.fromHexDigitsToLong(journal))
        .putInt(lane)
        .putLong(sequence)
        .array();
  }
}
