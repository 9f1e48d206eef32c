package io.aftersend.links;

import java.util.List;

/// A whole tracked URL, with what the sender should know about it.
///
/// @param url ready to be put into the mail; visible ASCII only
/// @param warnings sentences for people, empty when there is nothing to say
public record TrackedUrl(String url, List<String> warnings) {
  public TrackedUrl {
    warnings = List.copyOf(warnings);
  }
}
