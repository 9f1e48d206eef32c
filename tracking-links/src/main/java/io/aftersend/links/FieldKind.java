package io.aftersend.links;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The rule for the bytes of a payload field. Signer and verifier share it, so that nothing can be
/// signed which would not verify, and every value has exactly one encoding. Checks allocate
/// nothing.
enum FieldKind {
  ID("1 to 64 of A-Z a-z 0-9 . _ ~ -") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      if (length < 1 || length > MAX_ID_BYTES) {
        return false;
      }
      boolean isId = true;
      for (int i = offset; i < offset + length; i++) {
        isId &= ID_CHARACTERS[bytes[i] & 0xFF];
      }
      return isId;
    }
  },
  TARGET("1 to 8000 bytes of visible ASCII") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      if (length < 1 || length > TargetUrls.MAX_BYTES) {
        return false;
      }
      int end = offset + length;
      int at = offset;
      // Also refuses bytes over 0x7F, which are negative. CR and LF would split a Location header.
      for (; at + Long.BYTES <= end; at += Long.BYTES) {
        if (!isVisible((long) LONGS.get(bytes, at))) {
          return false;
        }
      }
      for (; at < end; at++) {
        if (bytes[at] <= ' ' || bytes[at] == DELETE) {
          return false;
        }
      }
      return true;
    }
  },
  MODE("one of none, aggregate, deliverability; full is left out") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      if (length != 1) {
        return false;
      }
      TrackingMode mode = TrackingMode.ofCode(bytes[offset]);
      return mode != null && mode != TrackingMode.FULL;
    }
  },
  POSITION("top or bottom") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      return length == 1 && PixelPosition.ofCode(bytes[offset]) != null;
    }
  },
  FLAG("true; false is left out") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      return length == 1 && bytes[offset] == 1;
    }
  },
  COUNT("a number from 0 to 65535") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      return isMinimalNumber(bytes, offset, length, 2);
    }
  },
  SECONDS("epoch seconds from 0 to 1099511627775") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      return isMinimalNumber(bytes, offset, length, 5);
    }
  },
  TEXT("1 to 200 characters of valid Unicode without control characters") {
    @Override
    boolean accepts(byte[] bytes, int offset, int length) {
      int characters = Utf8.countCharacters(bytes, offset, length);
      return characters >= 1 && characters <= MAX_TEXT_CHARACTERS;
    }
  };

  static final int MAX_ID_BYTES = 64;
  static final int MAX_TEXT_CHARACTERS = 200;
  private static final int DELETE = 0x7F;
  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final boolean[] ID_CHARACTERS = new boolean[256];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-"
        .chars()
        .forEach(c -> ID_CHARACTERS[c] = true);
  }

  private final String expected;

  FieldKind(String expected) {
    this.expected = expected;
  }

  /// Whether these bytes are the one right encoding of some value.
  abstract boolean accepts(byte[] bytes, int offset, int length);

  /// What a refusal says was expected.
  String expected() {
    return expected;
  }

  /// Whether each of eight bytes is over 0x20 and below 0x7F. None of the sums carries into its
  /// neighbour once no byte has its highest bit set; and where one has, that bit tells.
  private static boolean isVisible(long eight) {
    long sevenBits = eight & ~HIGHEST_BITS;
    long overSpace = sevenBits + 0x5F5F5F5F5F5F5F5FL;
    long fromDelete = sevenBits + EACH_BYTE;
    return ((eight | fromDelete | ~overSpace) & HIGHEST_BITS) == 0;
  }

  private static boolean isMinimalNumber(byte[] bytes, int offset, int length, int maxLength) {
    return length >= 1 && length <= maxLength && (length == 1 || bytes[offset] != 0);
  }
}
