package io.aftersend.bench.load;

import io.aftersend.bench.process.BenchProcess;

/// A server that runs and can be measured.
///
/// @param name in tables
/// @param port on loopback
record Server(String name, int port, BenchProcess process) implements AutoCloseable {
  @Override
  public void close() {
    process.close();
  }
}
