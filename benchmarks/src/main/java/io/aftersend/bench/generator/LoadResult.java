package io.aftersend.bench.generator;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What came of one run. Latencies count from the moment at which a request was due, so that one
/// that had to wait for a connection, or for the generator, shows it.
///
/// @param answered requests whose whole answer came
/// @param failed requests whose connection broke, or that had no answer some seconds after the end
/// @param unsent requests that were due and found no free connection until the end
/// @param elapsedNs from the first moment to the last answer
/// @param usualP99Ns the median of the 99th percentiles of all quarter seconds: what a pause of the
///   whole machine, which lasts for milliseconds, does not touch
/// @param lateP99Ns what 99 of 100 requests waited at most for the generator itself, once they were
///   due and a connection was free
public record LoadResult(
    long answered,
    long failed,
    long unsent,
    long elapsedNs,
    long p50Ns,
    long usualP99Ns,
    long p99Ns,
    long p999Ns,
    long lateP99Ns) {
  private static final int FIELDS = 9;

  /// The result as one line.
  public String toLine() {
    return LongStream.of(
            answered, failed, unsent, elapsedNs, p50Ns, usualP99Ns, p99Ns, p999Ns, lateP99Ns)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(" "));
  }

  /// Reads what [#toLine()] wrote.
  public static LoadResult ofLine(String line) {
    long[] numbers = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    if (numbers.length != FIELDS) {
      throw new IllegalArgumentException(
          "expected a result of %d numbers, got: %s".formatted(FIELDS, line));
    }
    return new LoadResult(
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8]);
  }
}
