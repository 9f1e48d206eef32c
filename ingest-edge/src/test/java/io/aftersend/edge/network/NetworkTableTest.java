package io.aftersend.edge.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.edge.RunningEdge;
import io.aftersend.runtime.lifecycle.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTableTest {
  private static byte[] address(String text) {
    return Objects.requireNonNull(IpAddress.parse(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "66.249.79.255, OTHER",
    "66.249.80.0, GOOGLE",
    "66.249.95.255, GOOGLE",
    "66.249.96.0, OTHER",
    "74.125.1.2, GOOGLE",
    "::ffff:74.125.1.2, GOOGLE",
    "17.1.2.3, OTHER",
    "2001:db8::1, OTHER"
  })
  void knowsAFewRangesByItself(String text, NetworkClass expected) {
    assertThat(NetworkTable.builtIn().find(address(text))).isEqualTo(new Network(expected, null));
  }

  @ParameterizedTest
  @CsvSource({
    "9.9.9.9, OTHER,",
    "10.0.0.1, HOSTING, 1",
    "10.1.0.1, GOOGLE, 2",
    "10.1.1.1, YAHOO,",
    "10.1.2.0, GOOGLE, 2",
    "10.2.0.0, HOSTING, 1",
    "255.255.255.255, MICROSOFT, 4294967295",
    "2001:db8::1, APPLE_EGRESS,",
    "2001:db8:0:1::1, MICROSOFT, 5",
    "2001:db9::1, OTHER,",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, HOSTING, 7",
  })
  void findsTheLongestPrefix(String text, NetworkClass expected, @Nullable Long asn) {
    NetworkTable table =
        NetworkTable.parse(
            List.of(
                "prefix,class,asn",
                "# comment",
                "",
                "10.1.0.0/16,google,2",
                "10.0.0.0/8, hosting ,1",
                "10.1.1.1,yahoo",
                "255.0.0.0/8,microsoft,4294967295",
                "2001:db8::/32,apple_egress,",
                "2001:db8:0:1::/64,microsoft,5",
                "ff00::/8,hosting,7"));
    assertThat(table.size()).isEqualTo(7);
    assertThat(table.find(address(text))).isEqualTo(new Network(expected, asn));
  }

  @Test
  void agreesWithALinearSearch() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<String> lines = new ArrayList<>();
      List<AddressRange> ranges = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int bits = 24 + random.nextInt(9);
        int host = random.nextInt(256) & (-1 << (32 - bits));
        String prefix = "10.0.0." + host + "/" + bits;
        if (lines.stream().noneMatch(line -> line.startsWith(prefix + ","))) {
          lines.add(prefix + ",hosting," + i);
          ranges.add(
              Objects.requireNonNull(
                  AddressRange.parse(prefix, new Network(NetworkClass.HOSTING, (long) i))));
        }
      }
      NetworkTable table = NetworkTable.parse(lines);
      for (int last = 0; last < 256; last++) {
        AddressRange one =
            Objects.requireNonNull(AddressRange.parse("10.0.0." + last, Network.OTHER));
        Network expected = Network.OTHER;
        int longest = -1;
        for (AddressRange range : ranges) {
          if (range.contains(one) && range.prefixBits() > longest) {
            longest = range.prefixBits();
            expected = range.network();
          }
        }
        assertThat(table.find(address("10.0.0." + last)))
            .as("seed %d, %s, .%d", seed, lines, last)
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33,google,1",
        "10.0.0.1/8,google,1",
        "2001:db8::/129,google,1",
        "mail.example.com,google,1",
        "10.0.0.0/8",
        "10.0.0.0/8,gogle,1",
        "10.0.0.0/8,google,AS15169",
        "10.0.0.0/8,google,1,2",
        "10.0.0.0/-1,google,1",
        "10.0.0.0/,google,1"
      })
  void namesBrokenLinesByNumber(String line) {
    assertThatThrownBy(() -> NetworkTable.parse(List.of("10.0.0.0/8,google,1", line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2: expected");
  }

  @Test
  void readsAChangedFileAndKeepsTheTableOfABrokenOne(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("networks.csv");
    Files.writeString(file, "192.0.2.0/24,hosting,64500\n");
    ConcurrentLinkedQueue<Boolean> reloads = new ConcurrentLinkedQueue<>();
    try (NetworksFile networks = NetworksFile.start(file, reloads::add)) {
      byte[] client = address("192.0.2.7");
      assertThat(networks.get().find(client)).isEqualTo(new Network(NetworkClass.HOSTING, 64500L));
      Files.writeString(file, "192.0.2.0/24,nonsense,1\n");
      RunningEdge.await(() -> reloads.size() == 1);
      assertThat(networks.get().find(client).networkClass()).isEqualTo(NetworkClass.HOSTING);
      Files.writeString(file, "192.0.2.0/24,yahoo\n");
      RunningEdge.await(() -> reloads.size() == 2);
      assertThat(networks.get().find(client).networkClass()).isEqualTo(NetworkClass.YAHOO);
      assertThat(reloads).containsExactly(false, true);
    }
  }

  @Test
  void doesNotStartWithAFileThatCannotBeUsed(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("networks.csv");
    assertThatThrownBy(() -> NetworksFile.start(file, reload -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.toString());
    Files.writeString(file, "x\n");
    assertThatThrownBy(() -> NetworksFile.start(file, reload -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("line 1");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.77, 203.0.113.0",
    "0.0.0.0, 0.0.0.0",
    "::ffff:203.0.113.77, 203.0.113.0",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::",
    "2001:db8::1, 2001:db8::",
    "2001::1, 2001::",
    "::1, ::",
    "0:0:1::, 0:0:1::"
  })
  void truncatesAddresses(String text, String truncated) {
    assertThat(IpAddress.truncated(address(text))).isEqualTo(truncated);
  }
}
