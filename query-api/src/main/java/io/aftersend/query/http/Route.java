package io.aftersend.query.http;

import io.aftersend.runtime.tenants.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One method on one path.
///
/// @param template such as `/api/v1/campaigns/{id}`
/// @param anyOf a key needs one of these scopes; empty: no key is asked for
public record Route(String method, String template, Set<Scope> anyOf, Operation operation) {
  public Route {
    anyOf = Set.copyOf(anyOf);
  }

  /// What a route does. Safe for any thread.
  @FunctionalInterface
  public interface Operation {
    /// The whole answer.
    ///
    /// @throws io.aftersend.query.problem.ProblemException where the answer is a problem
    Answer answer(Call call);
  }

  /// A route that anyone may use.
  public static Route open(String method, String template, Operation operation) {
    return new Route(method, template, Set.of(), operation);
  }

  /// A route for keys with any of these scopes.
  public static Route secured(
      String method, String template, Set<Scope> anyOf, Operation operation) {
    if (anyOf.isEmpty()) {
      throw new IllegalArgumentException(template + ": expected at least one scope, got none");
    }
    return new Route(method, template, anyOf, operation);
  }

  /// Whether anyone may use it.
  boolean isOpen() {
    return anyOf.isEmpty();
  }

  /// The values of the placeholders, or null when the path is another.
  @Nullable Map<String, String> match(List<String> segments) {
    List<String> parts = split(template);
    if (parts.size() != segments.size()) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String segment = segments.get(i);
      if (part.startsWith("{")) {
        values.put(part.substring(1, part.length() - 1), segment);
      } else if (!part.equals(segment)) {
        return null;
      }
    }
    return values;
  }

  /// The segments of a path after its leading slash.
  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
