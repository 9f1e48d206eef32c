package io.aftersend.query.webhook.receiver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses deliveries may be sent to: public ones, and those that the operator allows. Safe
/// for any thread.
public final class AddressRules {
  /// What the registries of special-purpose addresses (RFC 6890 and its updates) hold that is not
  /// one host of the public internet. An IPv4 address inside an IPv6 one is looked at by itself.
  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.31.196.0/24",
              "192.52.193.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "192.175.48.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "2620:4f:8000::/48",
              "3fff::/20")
          .map(Network::parse)
          .toList();

  /// All of IPv6 that is given out to hosts of the internet; what lies outside is local, multicast
  /// or reserved.
  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
  private static final Network TRANSLATED = Network.parse("64:ff9b::/96");
  private static final int IPV6_BYTES = 16;

  private final List<Network> allowed;

  private AddressRules(List<Network> allowed) {
    this.allowed = allowed;
  }

  /// The rules with exceptions.
  ///
  /// @param allowed prefixes such as `10.0.0.0/8`, or addresses
  /// @throws IllegalArgumentException that names the one that is no prefix
  public static AddressRules allowing(List<String> allowed) {
    return new AddressRules(allowed.stream().map(AddressRules::network).toList());
  }

  private static Network network(String text) {
    try {
      return Network.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected prefixes such as 10.0.0.0/8, or addresses, got \"" + text + "\"", e);
    }
  }

  /// Whether the operator allows the address whatever it is.
  public boolean isException(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address));
  }

  /// Whether deliveries may go to the address.
  public boolean isAllowed(InetAddress address) {
    return isException(address) || isPublic(address);
  }

  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == IPV6_BYTES) {
      if (TRANSLATED.contains(address)) {
        return isPublic(ipv4(bytes, 12));
      }
      if (!GLOBAL_UNICAST.contains(address)) {
        return false;
      }
      if (SIX_TO_FOUR.contains(address)) {
        return isPublic(ipv4(bytes, 2));
      }
    }
    return SPECIAL.stream().noneMatch(network -> network.contains(address));
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are always an address", e);
    }
  }
}
