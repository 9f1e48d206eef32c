package io.aftersend.edge.http;

import io.aftersend.edge.network.IpAddress;
import io.aftersend.edge.proxy.ForwardedChain;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Whose requests come over a connection. Without headers to believe it is the peer, the same for
/// all of them; behind a trusted proxy each request's headers tell. Confined to the connection's
/// event loop; allocates nothing per request.
final class ClientAddress {
  private final byte @Nullable [] peer;
  private final Header header;

  /// The loop's own; null when headers do not count.
  private final @Nullable ForwardedChain chain;

  private byte @Nullable [] current;

  private ClientAddress(byte @Nullable [] peer, Header header, @Nullable ForwardedChain chain) {
    this.peer = peer;
    this.header = header;
    this.chain = chain;
    this.current = peer;
  }

  /// The peer's, whatever headers say.
  ///
  /// @param peer 4 or 16 bytes, an IPv4-mapped one as 4; null: not known
  static ClientAddress ofPeer(byte @Nullable [] peer) {
    return new ClientAddress(peer, Header.FORWARDED, null);
  }

  /// What a header tells.
  ///
  /// @param peer a trusted proxy
  /// @param chain the loop's own
  static ClientAddress forwarded(byte[] peer, Header header, ForwardedChain chain) {
    return new ClientAddress(peer, header, chain);
  }

  /// The bytes of an address, an IPv4-mapped one as 4; null where the transport has none.
  static byte @Nullable [] bytes(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress socket && socket.getAddress() != null
        ? IpAddress.unmapped(socket.getAddress().getAddress())
        : null;
  }

  /// Looks at a request before it is answered.
  ///
  /// @param head borrowed for the call
  void onRequest(RequestHead head) {
    if (chain == null || peer == null) {
      return;
    }
    chain.begin(peer);
    boolean goesOn = head.has(header);
    for (int line = head.lines() - 1; goesOn && line >= 0; line--) {
      if (head.isLine(line, header)) {
        goesOn = chain.goBack(head.bytes(), head.lineOffset(line), head.lineLength(line));
      }
    }
    current = chain.client();
  }

  /// The client of the request that is being handed over: 4 or 16 bytes, IPv4-mapped ones as 4;
  /// null when it is not known. Borrowed until the loop's next request.
  byte @Nullable [] get() {
    return current;
  }
}
