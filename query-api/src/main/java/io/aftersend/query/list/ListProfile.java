package io.aftersend.query.list;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the sender says of a mailing list. Null is what was never said.
///
/// @param size members at the time `asOf`; both are there or neither
public record ListProfile(
    String list, @Nullable String name, @Nullable Long size, @Nullable Instant asOf) {
  /// A list of which nothing was said.
  public static ListProfile untold(String list) {
    return new ListProfile(list, null, null, null);
  }
}
