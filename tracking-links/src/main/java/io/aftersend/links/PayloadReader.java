package io.aftersend.links;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The strict decoder of a payload: it notes where each field lies and copies nothing. Confined to
/// one thread.
final class PayloadReader {
  private final byte[] buffer;
  private final int[] offsets = new int[ClaimField.MAX_TAG + 1];

  /// 0 for an absent field; no field that is present is empty.
  private final int[] lengths = new int[ClaimField.MAX_TAG + 1];

  PayloadReader(byte[] buffer) {
    this.buffer = buffer;
  }

  /// Reads the fields between two places of the buffer. Allocates nothing.
  ///
  /// @return whether they are the canonical encoding of some claims; if not, no field is present
  boolean read(int from, int to) {
    clear();
    boolean isCanonical = readFields(from, to) && has(ClaimField.TENANT);
    if (!isCanonical) {
      clear();
    }
    return isCanonical;
  }

  void clear() {
    Arrays.fill(lengths, 0);
  }

  boolean has(ClaimField field) {
    return lengths[field.tag()] != 0;
  }

  int offset(ClaimField field) {
    return offsets[field.tag()];
  }

  int length(ClaimField field) {
    return lengths[field.tag()];
  }

  /// The only byte of a field, or 0 when the field is absent.
  int octet(ClaimField field) {
    return has(field) ? buffer[offset(field)] : 0;
  }

  /// The value of a number, or -1 when the field is absent.
  long number(ClaimField field) {
    if (!has(field)) {
      return -1;
    }
    long value = 0;
    for (int i = offset(field); i < offset(field) + length(field); i++) {
      value = value << 8 | (buffer[i] & 0xFF);
    }
    return value;
  }

  /// The value of a text, or null when the field is absent. Allocates.
  @Nullable String text(ClaimField field) {
    return has(field)
        ? new String(buffer, offset(field), length(field), StandardCharsets.UTF_8)
        : null;
  }

  private boolean readFields(int from, int to) {
    int lastTag = 0;
    int at = from;
    while (at < to) {
      int tag = buffer[at++];
      ClaimField field = ClaimField.ofTag(tag);
      if (field == null || tag <= lastTag || at == to) {
        return false;
      }
      int length = buffer[at++];
      if (length < 0) {
        // A second length byte of zero would be a longer way to write a short length; a negative
        // one
        // would announce a third, for more bytes than any field may have.
        if (at == to || buffer[at] <= 0) {
          return false;
        }
        length = (length & 0x7F) | buffer[at++] << 7;
      }
      if (length > to - at || !field.kind().accepts(buffer, at, length)) {
        return false;
      }
      offsets[tag] = at;
      lengths[tag] = length;
      lastTag = tag;
      at += length;
    }
    return true;
  }
}
