package io.aftersend.query.link;

import io.aftersend.links.LinkClaims;
import io.aftersend.links.PixelPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message whose URLs are to be signed.
///
/// @param path where it stands in the body, such as `messages[3].`; empty for a bare message
/// @param claims what all of its URLs have in common, without a position
/// @param position the one pixel that is wanted; null: both
record LinkOrder(
    String path, LinkClaims claims, @Nullable PixelPosition position, List<Target> targets) {
  LinkOrder {
    targets = List.copyOf(targets);
  }

  /// A URL to be tracked.
  ///
  /// @param path where it stands in the body, such as `messages[3].urls[0]`
  /// @param link the link's id in the message
  /// @param conversionParameter the query parameter that carries a conversion reference, or null
  record Target(String path, String link, String url, @Nullable String conversionParameter) {}
}
