package io.aftersend.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// The choice of a TCP port to listen on, made before a server that cannot choose one itself
/// starts.
public final class Ports {
  private Ports() {}

  /// The given port when it can be bound, or any free one for 0. The port is free again on return,
  /// so another process could still take it.
  ///
  /// @param owner whose port it is, for the message, e.g. `Kafka`
  /// @throws EmbeddedStartException when the port is taken or the host is not an address of this
  ///   machine
  public static int choose(String owner, String host, int port) throws EmbeddedStartException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedStartException(
          owner + " cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }
}
