package io.aftersend.edge.hostile;

/// Bytes that a client sends to an edge, under the name that a test report shows.
///
/// @param bytes one character for each byte
record Shape(String name, String bytes) {
  @Override
  public String toString() {
    return name;
  }
}
