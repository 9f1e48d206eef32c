package io.aftersend.bench.load;

/// A server that runs and can be measured.
///
/// @param name in tables
/// @param port on loopback
record Server(String name, int port, PinnedProcess process) implements AutoCloseable {
  @Override
  public void close() {
    process.close();
  }
}
