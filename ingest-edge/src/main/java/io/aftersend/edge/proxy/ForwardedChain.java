package io.aftersend.edge.proxy;

import io.aftersend.edge.network.AddressSet;
import io.aftersend.edge.network.AddressText;
import org.jspecify.annotations.Nullable;

/// The way back from a trusted peer to the client, through what each proxy on the way has added to
/// its header: from the right, as long as the address there is a trusted proxy's. What stands to
/// the left of the first address that is not trusted may be forged, and is not looked at.
///
/// An element that names no address (`unknown`, a made-up name, anything broken) ends the way at
/// the trusted proxy that added it. One per event loop; allocates nothing per request.
public final class ForwardedChain {
  private final AddressSet trusted;
  private final HopList hops;
  private final AddressText even = new AddressText();
  private final AddressText odd = new AddressText();
  private byte[] nearest = {};
  private boolean isNearestInEven;

  /// @param trusted whose elements are believed
  /// @param mode the header that lines will be taken from; not [ForwardedMode#OFF]
  public ForwardedChain(AddressSet trusted, ForwardedMode mode) {
    this.trusted = trusted;
    this.hops =
        switch (mode) {
          case X_FORWARDED_FOR -> new AddressListHops();
          case FORWARDED -> new ParameterHops();
          case OFF -> throw new IllegalArgumentException("expected a header to read, got none");
        };
  }

  /// Begins a request.
  ///
  /// @param peer a trusted one; borrowed until the next request
  public void begin(byte[] peer) {
    nearest = peer;
  }

  /// Goes back through one header line: the last line of a request first.
  ///
  /// @param bytes borrowed for the call
  /// @return whether the line before it may count, too
  public boolean goBack(byte[] bytes, int offset, int length) {
    hops.read(bytes, offset, offset + length);
    for (int i = hops.count() - 1; i >= 0; i--) {
      AddressText spare = isNearestInEven ? odd : even;
      byte @Nullable [] hop = hops.address(i, bytes, spare);
      if (hop == null) {
        return false;
      }
      nearest = hop;
      isNearestInEven = !isNearestInEven;
      if (!trusted.contains(hop)) {
        return false;
      }
    }
    return hops.isWhole();
  }

  /// The nearest address that no trusted proxy has, or the farthest that is known: 4 or 16 bytes,
  /// IPv4-mapped ones as 4. Borrowed until the next request.
  public byte[] client() {
    return nearest;
  }
}
