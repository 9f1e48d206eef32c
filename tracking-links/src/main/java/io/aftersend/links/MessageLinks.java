package io.aftersend.links;

import java.util.List;

/// All tracked URLs of one message.
///
/// @param open the pixels, for the top and for the bottom of the mail
/// @param clicks one for each target, in the order given
/// @param unsubscribe for the `List-Unsubscribe` header and the mail's footer
/// @param conversion the pixel for the sender's thank-you page
/// @param warnings of all these URLs, each naming its link
public record MessageLinks(
    List<String> open,
    List<Click> clicks,
    String unsubscribe,
    String conversion,
    List<String> warnings) {
  public MessageLinks {
    open = List.copyOf(open);
    clicks = List.copyOf(clicks);
    warnings = List.copyOf(warnings);
  }

  /// A target of the message and the tracked URL that leads to it.
  ///
  /// @param link the link's id in the message
  /// @param url the target as the sender gave it
  /// @param tracked the tracked URL
  public record Click(String link, String url, String tracked) {}

  /// A link to track.
  ///
  /// @param link the link's id in the message
  /// @param url where it leads
  public record Target(String link, String url) {}
}
