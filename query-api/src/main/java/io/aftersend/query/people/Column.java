package io.aftersend.query.people;

/// A column of a table, by the name that it has in the query, in JSON and in CSV.
record Column(String name, Kind kind) {
  /// What a column holds.
  enum Kind {
    /// An id or a value from a closed set; empty is null.
    ID,
    /// Free text; empty is null.
    TEXT,
    /// A whole number, or null.
    NUMBER,
    /// A ratio or a duration in seconds, or null.
    DECIMAL,
    /// A time in epoch milliseconds, or null.
    TIME
  }

  static Column id(String name) {
    return new Column(name, Kind.ID);
  }

  static Column text(String name) {
    return new Column(name, Kind.TEXT);
  }

  static Column number(String name) {
    return new Column(name, Kind.NUMBER);
  }

  static Column decimal(String name) {
    return new Column(name, Kind.DECIMAL);
  }

  static Column time(String name) {
    return new Column(name, Kind.TIME);
  }
}
