package io.aftersend.standalone.stack;

/// The parts of a stack in the order in which they stop: whoever writes to another goes first.
enum Stage {
  EDGE("edge"),
  PROCESSOR("processor"),
  API("API"),
  CLICKHOUSE("ClickHouse"),
  KAFKA("Kafka"),
  TENANTS("tenants file"),
  DATA_DIRECTORY("data directory");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /// The part's name for people.
  String title() {
    return title;
  }
}
