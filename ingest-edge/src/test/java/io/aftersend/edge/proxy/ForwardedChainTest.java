package io.aftersend.edge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.network.AddressSet;
import io.aftersend.edge.network.IpAddress;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Peers in 10.0.0.0/8 and fd00::/8 are trusted; the header comes from 10.0.0.1.
class ForwardedChainTest {
  private static final AddressSet TRUSTED = AddressSet.of(List.of("10.0.0.0/8", "fd00::/8"));
  private static final byte[] PEER = {10, 0, 0, 1};

  private static String client(ForwardedMode mode, String... lines) {
    ForwardedChain chain = new ForwardedChain(TRUSTED, mode);
    return client(chain, lines);
  }

  private static String client(ForwardedChain chain, String... lines) {
    chain.begin(PEER);
    boolean goesOn = true;
    for (int i = lines.length - 1; i >= 0 && goesOn; i--) {
      byte[] bytes = ("::" + lines[i] + "::").getBytes(StandardCharsets.ISO_8859_1);
      goesOn = chain.goBack(bytes, 2, bytes.length - 4);
    }
    try {
      return InetAddress.getByAddress(chain.client()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "192.0.2.1                               | 192.0.2.1",
        "192.0.2.1, 198.51.100.2                 | 198.51.100.2",
        "192.0.2.1, 198.51.100.2, 10.9.9.9       | 198.51.100.2",
        "6.6.6.6,192.0.2.1,10.0.0.3 , fd00::1    | 192.0.2.1",
        "10.0.0.7, 10.0.0.8                      | 10.0.0.7",
        "2001:db8::5                             | 2001:db8:0:0:0:0:0:5",
        "[2001:db8::5]                           | 2001:db8:0:0:0:0:0:5",
        "[2001:db8::5]:4711                      | 2001:db8:0:0:0:0:0:5",
        "192.0.2.1:4711                          | 192.0.2.1",
        "::ffff:192.0.2.1                        | 192.0.2.1",
        ",, 192.0.2.1 ,,                         | 192.0.2.1",
        "192.0.2.1, unknown                      | 10.0.0.1",
        "192.0.2.1, _hidden, 10.0.0.4            | 10.0.0.4",
        "192.0.2.1, 10.0.0.4 10.0.0.5            | 10.0.0.1",
        "192.0.2.1:99999x                        | 10.0.0.1",
        "[192.0.2.1]                             | 10.0.0.1",
        "[2001:db8::5]4711                       | 10.0.0.1",
        "[2001:db8::5                            | 10.0.0.1",
        "192.0.2.256                             | 10.0.0.1",
        "example.com                             | 10.0.0.1",
        "``                                      | 10.0.0.1",
      })
  void findsTheFirstUntrustedAddressFromTheRight(String line, String client) {
    assertThat(client(ForwardedMode.X_FORWARDED_FOR, line)).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=192.0.2.1                                       | 192.0.2.1",
        "For=192.0.2.1;proto=https;by=10.0.0.1               | 192.0.2.1",
        "proto=http ; for=192.0.2.1                          | 192.0.2.1",
        "for=\"192.0.2.1:4711\"                              | 192.0.2.1",
        "for=\"[2001:db8::5]\"                               | 2001:db8:0:0:0:0:0:5",
        "for=\"[2001:db8::5]:4711\"                          | 2001:db8:0:0:0:0:0:5",
        "for=6.6.6.6, for=192.0.2.1                          | 192.0.2.1",
        "for=6.6.6.6, for=192.0.2.1, for=10.0.0.2            | 192.0.2.1",
        "host=\"a,b;for=6.6.6.6\";for=192.0.2.1              | 192.0.2.1",
        "for=192.0.2.1, for=unknown                          | 10.0.0.1",
        "for=192.0.2.1, for=_gazonk                          | 10.0.0.1",
        "for=192.0.2.1, for=\"_gazonk:47\"                   | 10.0.0.1",
        "for=192.0.2.1, proto=https                          | 10.0.0.1",
        "for=192.0.2.1;for=192.0.2.2                         | 10.0.0.1",
        "for=\"192.0.2.\\1\"                                 | 10.0.0.1",
        "192.0.2.1                                           | 10.0.0.1",
        "for=                                                | 10.0.0.1",
        "for = 192.0.2.1                                     | 10.0.0.1",
        // A liar's open quote swallows what the proxy added: nobody is believed then.
        "for=6.6.6.6, for=\", for=192.0.2.1                  | 10.0.0.1",
        "for=6.6.6.6, for=\", for=\"[2001:db8::5]\"          | 10.0.0.1",
        "for=6.6.6.6;x=\"\\\", for=192.0.2.1                 | 10.0.0.1",
      })
  void readsForwardedElements(String line, String client) {
    assertThat(client(ForwardedMode.FORWARDED, line)).isEqualTo(client);
  }

  @Test
  void takesSeveralLinesForOne() {
    assertThat(client(ForwardedMode.X_FORWARDED_FOR, "6.6.6.6", "192.0.2.1, 10.0.0.2", "10.0.0.3"))
        .isEqualTo("192.0.2.1");
    assertThat(client(ForwardedMode.FORWARDED, "for=\"", "for=192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client(ForwardedMode.FORWARDED, "for=\"", "for=10.0.0.2")).isEqualTo("10.0.0.2");
  }

  @Test
  void looksNoFartherBackThanAnybodysProxiesGo() {
    String many = "192.0.2.1, " + "10.0.0.9, ".repeat(40) + "10.0.0.2";
    assertThat(client(ForwardedMode.X_FORWARDED_FOR, many)).isEqualTo("10.0.0.9");
    assertThat(client(ForwardedMode.X_FORWARDED_FOR, "192.0.2.1", many)).isEqualTo("10.0.0.9");
  }

  /// However a client fills the header: it is never taken for someone else once a proxy has added
  /// who it is.
  @Test
  void believesNoForgery() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> pieces =
        List.of(
            "for=", "6.6.6.6", "\"", ",", ";", "\\", " ", "[", "]", ":", "=", "10.0.0.5", "x", "é");
    for (ForwardedMode mode : List.of(ForwardedMode.X_FORWARDED_FOR, ForwardedMode.FORWARDED)) {
      ForwardedChain chain = new ForwardedChain(TRUSTED, mode);
      String prefix = mode == ForwardedMode.FORWARDED ? "for=" : "";
      for (int i = 0; i < 100_000; i++) {
        StringBuilder forged = new StringBuilder();
        for (int j = random.nextInt(12); j >= 0; j--) {
          forged.append(pieces.get(random.nextInt(pieces.size())));
        }
        String line = forged + ", " + prefix + "192.0.2.1";
        assertThat(client(chain, line)).as("seed %d: %s", seed, line).isIn("192.0.2.1", "10.0.0.1");
      }
    }
  }

  @Test
  void allocatesNothing() {
    byte[] list = "6.6.6.6, 2001:db8::5, 10.0.0.2".getBytes(StandardCharsets.ISO_8859_1);
    byte[] pairs = "for=1.2.3.4, for=\"[2001:db8::5]:1\";by=_x".getBytes(StandardCharsets.US_ASCII);
    ForwardedChain one = new ForwardedChain(TRUSTED, ForwardedMode.X_FORWARDED_FOR);
    ForwardedChain other = new ForwardedChain(TRUSTED, ForwardedMode.FORWARDED);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = 0; i < 20_000; i++) {
      if (i == 10_000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      one.begin(PEER);
      one.goBack(list, 0, list.length);
      other.begin(PEER);
      other.goBack(pairs, 0, pairs.length);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
    assertThat(one.client()).isEqualTo(Objects.requireNonNull(IpAddress.parse("2001:db8::5")));
    assertThat(other.client()).isEqualTo(one.client());
  }
}
