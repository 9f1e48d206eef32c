package io.aftersend.bench.generator;

/// What came of one run. Latencies count from the moment at which a request was due, so that one
/// that had to wait for a connection, or for the generator, shows it.
///
/// @param answered requests whose whole answer came
/// @param failed requests whose connection broke, or that had no answer some seconds after the end
/// @param unsent requests that were due and found no free connection until the end
/// @param elapsedNs from the first moment to the last answer
/// @param lateP99Ns what 99 of 100 requests waited at most before they were sent
public record LoadResult(
    long answered,
    long failed,
    long unsent,
    long elapsedNs,
    long p50Ns,
    long p99Ns,
    long p999Ns,
    long maxNs,
    long lateP99Ns) {
  private static final int FIELDS = 9;

  /// The result as one line.
  public String toLine() {
    return "%d %d %d %d %d %d %d %d %d"
        .formatted(
            answered, failed, unsent, elapsedNs, p50Ns, p99Ns, p999Ns, maxNs, lateP99Ns);
  }

  /// Reads what [#toLine()] wrote.
  public static LoadResult ofLine(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("expected a result of %d numbers, got: %s".formatted(FIELDS, line));
    }
    long[] numbers = new long[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      numbers[i] = Long.parseLong(fields[i]);
    }
    return new LoadResult(
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6],
        numbers[7], numbers[8]);
  }
}
