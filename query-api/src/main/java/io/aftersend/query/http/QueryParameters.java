package io.aftersend.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftersend.query.problem.WrongParameters;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The query parameters of one request, read strictly: an unknown, repeated or wrong one is a
/// problem, and all of them are told at once by [#throwIfWrong()]. For one thread.
public final class QueryParameters {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final WrongParameters wrong = new WrongParameters();

  private QueryParameters() {}

  /// Reads the parameters of a request.
  ///
  /// @param known the names that the endpoint knows
  public static QueryParameters of(ApiRequest request, List<String> known) {
    QueryParameters parameters = new QueryParameters();
    if (!request.rawQuery().isEmpty()) {
      for (String pair : request.rawQuery().split("&", -1)) {
        if (!pair.isEmpty()) {
          parameters.add(pair, known);
        }
      }
    }
    return parameters;
  }

  private void add(String pair, List<String> known) {
    int equals = pair.indexOf('=');
    String rawName = equals < 0 ? pair : pair.substring(0, equals);
    String name = PercentCoding.decodeForm(rawName);
    String value = equals < 0 ? "" : PercentCoding.decodeForm(pair.substring(equals + 1));
    if (name == null || !known.contains(name)) {
      String shown = name == null ? rawName : name;
      String expected =
          known.isEmpty() ? "expected no parameters" : "expected " + String.join(", ", known);
      wrong.add(shown, expected + ", got the unknown parameter " + Text.quoted(shown));
    } else if (value == null) {
      wrong.add(name, "expected percent-encoded UTF-8, got " + Text.quoted(pair));
    } else if (values.putIfAbsent(name, value) != null) {
      wrong.add(name, "expected one value, got several");
    }
  }

  /// The value as it is, or null when there is none.
  public @Nullable String text(String name) {
    return values.get(name);
  }

  /// One of the allowed words.
  ///
  /// @param whenAbsent what holds when there is none, or a wrong one
  public String oneOf(String name, List<String> allowed, String whenAbsent) {
    String value = values.get(name);
    if (value == null || allowed.contains(value)) {
      return value == null ? whenAbsent : value;
    }
    wrong(name, "expected " + String.join(", ", allowed) + ", got " + Text.quoted(value));
    return whenAbsent;
  }

  /// A whole number of the range, both ends included.
  public int number(String name, int min, int max, int whenAbsent) {
    String value = values.get(name);
    if (value == null) {
      return whenAbsent;
    }
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    }
    wrong(
        name,
        "expected a whole number from %d to %d, got %s".formatted(min, max, Text.quoted(value)));
    return whenAbsent;
  }

  /// The place behind which a page of a table begins, from `cursor`.
  ///
  /// @param read the place that a cursor names; null where it is none of ours
  /// @param start what holds when there is no cursor, or a wrong one
  public <T> T cursor(Function<String, @Nullable T> read, T start) {
    String cursor = values.get("cursor");
    if (cursor == null) {
      return start;
    }
    T place = read.apply(cursor);
    if (place == null) {
      wrong("cursor", "expected a next_cursor of an earlier answer, got " + Text.quoted(cursor));
      return start;
    }
    return place;
  }

  /// The parameters as a query to go on with, each followed by an ampersand.
  ///
  /// @param left the names of those that are left out
  public String but(List<String> left) {
    StringBuilder query = new StringBuilder();
    values.forEach(
        (name, value) -> {
          if (!left.contains(name)) {
            query.append(name).append('=').append(URLEncoder.encode(value, UTF_8)).append('&');
          }
        });
    return query.toString();
  }

  /// Notes that a parameter is wrong in a way that only the endpoint can see.
  ///
  /// @param detail `expected …, got …`
  public void wrong(String name, String detail) {
    wrong.add(name, detail);
  }

  /// Lets a request through whose parameters are all right.
  ///
  /// @throws io.aftersend.query.problem.ProblemException with status 400 when anything is wrong
  public void throwIfWrong() {
    wrong.throwIfAny();
  }
}
