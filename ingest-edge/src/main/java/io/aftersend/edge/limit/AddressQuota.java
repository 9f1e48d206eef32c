package io.aftersend.edge.limit;

import java.util.concurrent.ConcurrentHashMap;

/// How many connections each client has open. A client is an IPv4 address or an IPv6 /64, which is
/// what one subscriber gets. Holds one entry for each client with an open connection. Safe for any
/// thread.
public final class AddressQuota {
  private static final int V6_NETWORK_BYTES = 8;

  private final int maxConnections;
  private final ConcurrentHashMap<Long, Integer> open = new ConcurrentHashMap<>();

  /// @param maxConnections most connections of one client
  public AddressQuota(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  /// Takes a place for a connection.
  ///
  /// @param client 4 or 16 bytes, an IPv4-mapped one as 4
  /// @return false when the client has all its places; else [#release] gives this one back
  public boolean tryTake(byte[] client) {
    boolean[] isTaken = new boolean[1];
    open.compute(
        client(client),
        (key, count) -> {
          int places = count == null ? 0 : count;
          if (places >= maxConnections) {
            return count;
          }
          isTaken[0] = true;
          return places + 1;
        });
    return isTaken[0];
  }

  /// Gives a place back that [#tryTake] gave.
  public void release(byte[] client) {
    open.computeIfPresent(client(client), (key, count) -> count == 1 ? null : count - 1);
  }

  /// The clients that have a connection open.
  public int clients() {
    return open.size();
  }

  /// An IPv4 address is a number of 32 bits. No IPv6 /64 looks like one: it would begin with 32
  /// zero bits, and nothing below `::/8` is given to anybody.
  private static Long client(byte[] address) {
    long number = 0;
    int bytes = Math.min(address.length, V6_NETWORK_BYTES);
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | (address[i] & 0xFF);
    }
    return number;
  }
}
