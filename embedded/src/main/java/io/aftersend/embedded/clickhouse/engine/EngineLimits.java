package io.aftersend.embedded.clickhouse.engine;

/// How much memory the engine may take; what asks for more fails with code 241, the process lives.
///
/// @param memoryBytes for all statements, merges and caches together
/// @param statementMemoryBytes for one statement
public record EngineLimits(long memoryBytes, long statementMemoryBytes) {
  private static final long SMALLEST_BYTES = 256L << 20;

  public EngineLimits {
    if (memoryBytes < SMALLEST_BYTES || statementMemoryBytes < 1) {
      throw new IllegalArgumentException(
          "expected at least " + SMALLEST_BYTES + " bytes for the engine, got " + memoryBytes);
    }
  }
}
