package io.aftersend.edge.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
  private final AddressText reader = new AddressText();

  private byte @Nullable [] read(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.ISO_8859_1);
    return reader.read(bytes, 1, bytes.length - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "0.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "2001:DB8:0:0:0:0:0:1",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "::ffff:192.0.2.1",
        "64:ff9b::192.0.2.33",
        "1:2:3:4:5:6:192.0.2.1"
      })
  void readsAddresses(String text) {
    assertThat(read(text)).isEqualTo(jdk(text));
    assertThat(IpAddress.parse(text)).isEqualTo(read(text));
  }

  private static byte[] jdk(String text) {
    return InetAddress.ofLiteral(text).getAddress();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.4.",
        ".1.2.3.4",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.0004",
        "1.2.3.-4",
        " 1.2.3.4",
        ":",
        ":::",
        ":1",
        "1:",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "g::",
        "::1%eth0",
        "[::1]",
        "::ffff:1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThat(read(text)).isNull();
  }

  @Test
  void takesNothingThatTheJdkWouldNotTakeAlike() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> pieces = List.of("0", "1", "ff", "ffff", "255", ":", "::", ".", "192.0.2.1", "g");
    int taken = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(17); j >= 0; j--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      byte[] read = read(text.toString());
      if (read != null) {
        taken++;
        assertThat(read).as("seed %d: %s", seed, text).isEqualTo(jdk(text.toString()));
      }
    }
    assertThat(taken).isPositive();
  }

  @Test
  void knowsWhatLiesInItsPrefixes() {
    AddressSet set = AddressSet.of(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1"));
    for (String inside : List.of("10.255.0.1", "192.0.2.7", "2001:db8:ffff::1", "::1")) {
      assertThat(set.contains(Objects.requireNonNull(read(inside)))).as(inside).isTrue();
    }
    for (String outside : List.of("11.0.0.0", "192.0.2.8", "2001:db9::", "::2", "a00::1")) {
      assertThat(set.contains(Objects.requireNonNull(read(outside)))).as(outside).isFalse();
    }
    assertThat(AddressSet.NONE.contains(new byte[4])).isFalse();
  }
}
