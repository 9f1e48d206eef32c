package io.aftersend.bench.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The CPU time of all threads of some processes up to a moment, from `/proc`.
///
/// The kernel knows exactly how long a thread ran (`schedstat`), but by default learns whether that
/// was in user space or in the kernel only from samples, at each clock tick (`stat`). So a sum is
/// exact, and its split is as good as the number of ticks in it.
///
/// @param threads by thread id
/// @param processTicks CPU time of the processes in clock ticks, those of ended threads included
public record CpuReading(Map<Long, ThreadTime> threads, long processTicks) {
  /// Linux tells the time in these, on every architecture.
  private static final long TICK_NS = 10_000_000;

  /// What is left unexplained by rounding when ticks and exact times are compared.
  private static final long ROUNDING_TICKS = 2;

  private static final int USER_FIELD = 11;
  private static final int SYSTEM_FIELD = 12;

  /// What one thread has used.
  ///
  /// @param name as the kernel knows it, cut to 15 bytes
  public record ThreadTime(String name, long ranNs, long userTicks, long systemTicks) {
    private static final ThreadTime NONE = new ThreadTime("", 0, 0, 0);
  }

  /// Reads the counters of processes and of all their threads.
  public static CpuReading of(List<Long> processes) throws IOException {
    Map<Long, ThreadTime> threads = new HashMap<>();
    long ticks = 0;
    for (long process : processes) {
      Path directory = Path.of("/proc", Long.toString(process));
      String[] stat = fields(Files.readString(directory.resolve("stat")));
      ticks += Long.parseLong(stat[USER_FIELD]) + Long.parseLong(stat[SYSTEM_FIELD]);
      try (DirectoryStream<Path> tasks = Files.newDirectoryStream(directory.resolve("task"))) {
        for (Path task : tasks) {
          read(task, threads);
        }
      }
    }
    return new CpuReading(threads, ticks);
  }

  private static void read(Path task, Map<Long, ThreadTime> into) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      String scheduled = Files.readString(task.resolve("schedstat"));
      into.put(Long.valueOf(task.getFileName().toString()), thread(stat, scheduled));
    } catch (IOException e) {
      // The thread has ended meanwhile.
    }
  }

  /// Reads the two files of one thread.
  static ThreadTime thread(String stat, String scheduled) {
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    String[] fields = fields(stat);
    return new ThreadTime(
        name,
        Long.parseLong(scheduled.substring(0, scheduled.indexOf(' '))),
        Long.parseLong(fields[USER_FIELD]),
        Long.parseLong(fields[SYSTEM_FIELD]));
  }

  /// The fields behind the name, which may contain anything.
  private static String[] fields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  /// What was used since an earlier reading. A thread that ended meanwhile is counted by the
  /// process's own sum.
  public CpuUse since(CpuReading earlier) {
    long ranNs = 0;
    long userTicks = 0;
    long systemTicks = 0;
    Map<String, Long> byName = new TreeMap<>();
    for (Map.Entry<Long, ThreadTime> entry : threads.entrySet()) {
      ThreadTime now = entry.getValue();
      ThreadTime before = earlier.threads.getOrDefault(entry.getKey(), ThreadTime.NONE);
      ranNs += now.ranNs - before.ranNs;
      userTicks += now.userTicks - before.userTicks;
      systemTicks += now.systemTicks - before.systemTicks;
      byName.merge(now.name, now.ranNs - before.ranNs, Long::sum);
    }
    long leastNs = (processTicks - earlier.processTicks - ROUNDING_TICKS) * TICK_NS;
    return CpuUse.of(Math.max(ranNs, leastNs), userTicks, systemTicks, byName);
  }
}
