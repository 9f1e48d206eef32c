package io.aftersend.edge.forward;

/// How much memory the records of all lanes take that Kafka has not settled. Confined to the
/// forwarding thread.
final class UnderWay {
  /// Many times what is under way while Kafka keeps up, and little beside the client's own buffer.
  private static final long MAX_BYTES = 32L * 1024 * 1024;

  private long bytes;

  boolean isFull() {
    return bytes >= MAX_BYTES;
  }

  void add(long moreBytes) {
    bytes += moreBytes;
  }

  void remove(long fewerBytes) {
    bytes -= fewerBytes;
  }
}
