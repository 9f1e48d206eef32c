package io.aftersend.edge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.network.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String V4 = "c0000201" + "0a000001" + "1267" + "01bb";
  private static final String V6 =
      "20010db8000000000000000000000005" + "fd000000000000000000000000000001" + "1267" + "01bb";

  private static ProxyHeader.Read read(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes).skipBytes(0);
    ProxyHeader.Read read = ProxyHeader.read(in);
    assertThat(in.readerIndex()).isZero();
    return read;
  }

  private static ProxyHeader.Read line(String text) {
    return read(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ProxyHeader.Read block(String hex) {
    return read(HexFormat.of().parseHex(SIGNATURE + hex));
  }

  private static void assertClient(
      ProxyHeader.Read read, int lengthBytes, @Nullable String client) {
    assertThat(read)
        .isInstanceOfSatisfying(
            ProxyHeader.Whole.class,
            whole -> {
              assertThat(whole.lengthBytes()).isEqualTo(lengthBytes);
              assertThat(whole.client()).isEqualTo(client == null ? null : IpAddress.parse(client));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 192.0.2.1 10.0.0.1 4711 443,192.0.2.1",
    "PROXY TCP6 2001:db8::5 fd00::1 4711 443,2001:db8::5",
    "PROXY TCP6 ::ffff:192.0.2.1 ::ffff:10.0.0.1 0 65535,192.0.2.1",
    "PROXY UNKNOWN,",
    "PROXY UNKNOWN anything at all,"
  })
  void readsLines(String line, @Nullable String client) {
    assertClient(line(line + "\r\nGET / HTTP/1.1\r\n"), line.length() + 2, client);
    String whole = line + "\r\n";
    for (int i = 0; i < whole.length(); i++) {
      assertThat(line(whole.substring(0, i))).isInstanceOf(ProxyHeader.Incomplete.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PROXY\r\n",
        "PROXY  TCP4 192.0.2.1 10.0.0.1 4711 443\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 4711 443\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 4711 443 \r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 4711\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 04711 443\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 +4711 443\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 65536 443\r\n",
        "PROXY TCP4 192.0.2.01 10.0.0.1 4711 443\r\n",
        "PROXY TCP4 2001:db8::5 fd00::1 4711 443\r\n",
        "PROXY TCP6 192.0.2.1 10.0.0.1 4711 443\r\n",
        "PROXY TCP5 192.0.2.1 10.0.0.1 4711 443\r\n",
        "PROXY tcp4 192.0.2.1 10.0.0.1 4711 443\r\n",
        "PROXY UNKNOWNX\r\n",
        "proxy UNKNOWN\r\n",
        "\r\nPROXY UNKNOWN\r\n"
      })
  void refusesOtherLines(String line) {
    assertThat(line(line)).isInstanceOf(ProxyHeader.Broken.class);
  }

  @Test
  void refusesALineWithoutEnd() {
    String longest = "PROXY UNKNOWN " + "x".repeat(91);
    assertClient(line(longest + "\r\n"), ProxyHeader.MAX_LINE_BYTES, null);
    assertThat(line(longest + "x\r\n")).isInstanceOf(ProxyHeader.Broken.class);
  }

  @Test
  void readsBlocks() {
    assertClient(block("21" + "11" + "000c" + V4), 28, "192.0.2.1");
    assertClient(block("21" + "21" + "0024" + V6), 52, "2001:db8::5");
    // Behind the addresses: a TLV.
    assertClient(block("21" + "11" + "0010" + V4 + "04000101"), 32, "192.0.2.1");
    // The proxy's own connection, and one that it does not know.
    assertClient(block("20" + "00" + "0000"), 16, null);
    assertClient(block("20" + "11" + "000c" + V4), 28, null);
    assertClient(block("21" + "00" + "0003" + "010203"), 19, null);
    assertClient(
        block("21" + "21" + "0024" + "00000000000000000000ffffc0000201" + V6.substring(32)),
        52,
        "192.0.2.1");
  }

  @Test
  void waitsForAWholeBlock() {
    byte[] whole = HexFormat.of().parseHex(SIGNATURE + "21" + "11" + "000c" + V4);
    for (int i = 0; i < whole.length; i++) {
      assertThat(read(java.util.Arrays.copyOf(whole, i)))
          .isInstanceOf(ProxyHeader.Incomplete.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Version, command.
        "11110000",
        "22110000",
        "2f110000",
        // Datagrams, Unix sockets, other families.
        "2112000c",
        "21310000",
        "21320000",
        "21410000",
        "21010000",
        // No room for the addresses.
        "2111000b",
        "21210023",
        "21210000",
        // Too long.
        "21111001",
        "2000ffff"
      })
  void refusesOtherBlocks(String hex) {
    assertThat(block(hex)).isInstanceOf(ProxyHeader.Broken.class);
  }
}
