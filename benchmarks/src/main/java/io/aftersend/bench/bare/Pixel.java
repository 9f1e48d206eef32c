package io.aftersend.bench.bare;

import java.util.HexFormat;

/// A transparent GIF of one pixel.
final class Pixel {
  static final byte[] BYTES =
      HexFormat.of()
          .parseHex(
              "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b");

  private Pixel() {}
}
