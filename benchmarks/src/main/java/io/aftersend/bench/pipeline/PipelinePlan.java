package io.aftersend.bench.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is measured.
///
/// @param mails mails of a run; each gives [#EVENTS_PER_MAIL] events on average
/// @param warmUpMails mails of the run before, which is in no figure
/// @param campaigns that share the mails
/// @param hotPercent share of one campaign in the hot runs
/// @param pairs even and hot runs, one of each
/// @param heapMiB most heap of the processor
/// @param isSinkOn whether results go into ClickHouse meanwhile; then what that takes until a hit
///   is visible is measured too
/// @param profile where a recording of the processor goes; null for none
public record PipelinePlan(
    long mails,
    long warmUpMails,
    int campaigns,
    int hotPercent,
    int pairs,
    int heapMiB,
    boolean isSinkOn,
    @Nullable Path profile) {
  /// Events of a mail, on average.
  public static final double EVENTS_PER_MAIL = 2.73;

  private static final int STACK_DEPTH = 256;

  List<String> processorOptions() {
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + heapMiB + "m");
    if (profile != null) {
      // Stacks of a topology are deep, and much of its time is spent in native code.
      options.add("-XX:FlightRecorderOptions:stackdepth=" + STACK_DEPTH);
      options.add(
          "-XX:StartFlightRecording=settings=profile,jdk.CPUTimeSample#enabled=true,filename="
              + profile.toAbsolutePath());
    }
    return options;
  }
}
