package io.aftersend.embedded.clickhouse.engine;

/// What a statement read and wrote so far.
///
/// @param readRows rows read from tables
/// @param readBytes bytes read from tables, uncompressed
/// @param writtenRows rows written, those of materialized views included
/// @param writtenBytes bytes written, uncompressed
/// @param resultRows rows of the answer
public record EngineCounts(
    long readRows, long readBytes, long writtenRows, long writtenBytes, long resultRows) {
  /// A statement that has not run yet.
  public static final EngineCounts NONE = new EngineCounts(0, 0, 0, 0, 0);

  EngineCounts plus(EngineCounts more) {
    return new EngineCounts(
        readRows + more.readRows,
        readBytes + more.readBytes,
        writtenRows + more.writtenRows,
        writtenBytes + more.writtenBytes,
        resultRows + more.resultRows);
  }
}
