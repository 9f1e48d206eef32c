package io.aftersend.edge.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Addresses of this machine to connect from, so that many short connections do not use up the
/// ports of one. Where the system has one loopback address only, that one.
final class LoopbackAddresses {
  private static final int MOST = 100;

  private final List<InetSocketAddress> addresses;

  private LoopbackAddresses(List<InetSocketAddress> addresses) {
    this.addresses = addresses;
  }

  static LoopbackAddresses ofThisMachine() throws IOException {
    List<InetSocketAddress> found = new ArrayList<>();
    for (int last = 1; last <= MOST; last++) {
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
      try (ServerSocket probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(address, 0));
        found.add(new InetSocketAddress(address, 0));
      } catch (IOException e) {
        // This and the following addresses are not there.
        break;
      }
    }
    if (found.isEmpty()) {
      throw new IOException("expected 127.0.0.1 to be an address of this machine");
    }
    return new LoopbackAddresses(found);
  }

  /// One of them, by turns.
  InetSocketAddress get(long turn) {
    return addresses.get((int) (turn % addresses.size()));
  }
}
