package io.aftersend.processor.state;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/// Configurations of the topics behind stores.
public final class ChangelogSettings {
  /// For sums: segments are small enough to be compacted soon, so that a rebuild reads little.
  public static final Map<String, String> COMPACTED =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * 1024 * 1024),
          TopicConfig.SEGMENT_MS_CONFIG, Integer.toString(24 * 60 * 60 * 1000));

  /// For values that live for a second: almost all of the topic is dead, and every start reads it
  /// whole.
  public static final Map<String, String> SHORT_LIVED =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 * 1024 * 1024),
          TopicConfig.SEGMENT_MS_CONFIG, Integer.toString(10 * 60 * 1000),
          TopicConfig.DELETE_RETENTION_MS_CONFIG, Integer.toString(10 * 60 * 1000),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");

  private ChangelogSettings() {}
}
