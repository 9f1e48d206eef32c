package io.aftersend.standalone;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The program's arguments as they were typed. A JVM decodes them by the locale, so the launcher
/// passes any but plain ASCII ones as the hexadecimal digits of their bytes.
public final class Arguments {
  private Arguments() {}

  /// The arguments as they were typed, in whichever form the launcher passed them.
  ///
  /// @throws IllegalArgumentException naming the argument that is not UTF-8
  public static String[] typed(String[] arguments) {
    return Boolean.getBoolean("aftersend.hexArguments") ? ofHex(arguments) : arguments;
  }

  /// Decodes the launcher's digits.
  ///
  /// @throws IllegalArgumentException naming the argument that is not UTF-8
  static String[] ofHex(String[] arguments) {
    String[] decoded = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      byte[] bytes = HexFormat.of().parseHex(arguments[i]);
      try {
        decoded[i] = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(
            "argument %d: expected UTF-8, got other bytes".formatted(i + 1), e);
      }
    }
    return decoded;
  }
}
