package io.aftersend.it;

import java.util.HashMap;
import java.util.Map;

/// What a program says of itself once it answers: `READY name=value …`.
record ReadyLine(Map<String, String> fields) {
  static final String START = "READY ";

  static ReadyLine of(String line) {
    Map<String, String> fields = new HashMap<>();
    for (String field : line.substring(START.length()).split(" ", -1)) {
      int equals = field.indexOf('=');
      fields.put(field.substring(0, equals), field.substring(equals + 1));
    }
    return new ReadyLine(Map.copyOf(fields));
  }

  String field(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new AssertionError("expected a field " + name + " in the READY line, got " + fields);
    }
    return value;
  }
}
