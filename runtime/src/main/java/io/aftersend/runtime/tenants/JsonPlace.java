package io.aftersend.runtime.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// A place in a JSON document, read strictly: what is not as expected is a [Wrong] that names the
/// place.
///
/// @param path such as `$.tenants[0].id`
record JsonPlace(JsonNode node, String path) {
  /// Something at a place is not as expected; the message names both, and no secret.
  static final class Wrong extends RuntimeException {
    Wrong(String path, String problem) {
      super(path + ": " + problem);
    }
  }

  static JsonPlace root(JsonNode node) {
    return new JsonPlace(node, "$");
  }

  /// This place as an object that has exactly these fields.
  JsonPlace object(String... names) {
    require(node.isObject(), "an object");
    List<String> known = Arrays.asList(names);
    for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (!known.contains(field)) {
        throw wrong(
            "expected only the fields %s, got %s"
                .formatted(String.join(", ", known), Rules.quoted(field)));
      }
    }
    for (String name : known) {
      if (!node.has(name)) {
        throw new Wrong(path + "." + name, "expected this field, it is missing");
      }
    }
    return this;
  }

  /// A field that [#object(String...)] has seen.
  JsonPlace field(String name) {
    return new JsonPlace(node.required(name), path + "." + name);
  }

  /// The elements of this array, each made by `read`.
  <T> List<T> elements(Function<JsonPlace, T> read) {
    require(node.isArray(), "an array");
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      elements.add(read.apply(new JsonPlace(node.required(i), path + "[" + i + "]")));
    }
    return elements;
  }

  /// This string as `read` understands it; what `read` throws is never told to the user.
  <T> T text(String expected, Function<String, T> read) {
    require(node.isTextual(), expected);
    try {
      return read.apply(node.textValue());
    } catch (RuntimeException e) {
      throw wrong("expected " + expected);
    }
  }

  /// This string, for which a rule of [Rules] holds.
  String text(Function<String, String> rule) {
    require(node.isTextual(), "a string");
    return made(() -> rule.apply(node.textValue()));
  }

  int wholeNumber() {
    require(node.canConvertToExactIntegral() && node.canConvertToInt(), "a whole number");
    return node.intValue();
  }

  boolean flag() {
    require(node.isBoolean(), "true or false");
    return node.booleanValue();
  }

  /// What `make` gives; its [IllegalArgumentException] is told as a problem of this place.
  <T> T made(Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  Wrong wrong(String problem) {
    return new Wrong(path, problem);
  }

  private void require(boolean isRight, String expected) {
    if (!isRight) {
      throw wrong("expected " + expected);
    }
  }
}
