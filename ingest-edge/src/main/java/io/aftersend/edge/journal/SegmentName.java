package io.aftersend.edge.journal;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of a segment's file: `lane-0001-0000000042.segment`.
///
/// @param ordinal its place in the lane, from 0
record SegmentName(int lane, long ordinal) {
  private static final Pattern PATTERN =
      Pattern.compile("lane-([0-9]{4,9})-([0-9]{10,18})\\.segment");

  static String of(int lane, long ordinal) {
    return "lane-%04d-%010d.segment".formatted(lane, ordinal);
  }

  /// Null when the file is no segment.
  static @Nullable SegmentName parse(Path file) {
    Matcher name = PATTERN.matcher(file.getFileName().toString());
    return name.matches()
        ? new SegmentName(Integer.parseInt(name.group(1)), Long.parseLong(name.group(2)))
        : null;
  }
}
