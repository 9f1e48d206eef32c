package io.aftersend.runtime.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Typed reading of configuration values that collects every problem instead of stopping at the
/// first. No value is ever clamped: it is in its range or a problem.
///
/// After a problem the value returned is a stand-in (the key's default, else the least that is
/// allowed), so that reading can go on; call [#throwIfInvalid()] before anything is used. A value
/// of no characters counts as unset where the key has no default.
///
/// For one thread.
public final class ConfigReader {
  private static final Pattern BROKER =
      Pattern.compile("[^\\s:/]+:\\d{1,5}|\\[[0-9A-Fa-f:.]+]:\\d{1,5}");

  private final Map<String, String> values;
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<ConfigKey> used = EnumSet.noneOf(ConfigKey.class);

  private ConfigReader(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// Starts to read. Keys of our prefix that no service knows are problems; other keys, and known
  /// keys of other services, are left alone.
  ///
  /// @param values by whole key, such as the environment or what [ConfigSource] gives
  public static ConfigReader of(Map<String, String> values) {
    ConfigReader reader = new ConfigReader(values);
    for (String key : new TreeSet<>(values.keySet())) {
      if (isOurs(key) && ConfigKey.find(key) == null) {
        ConfigKey meant = Suggestion.forUnknown(key);
        reader.problems.add(
            key + ": unknown key" + (meant == null ? "" : ", did you mean " + meant.key() + "?"));
      }
    }
    return reader;
  }

  static boolean isOurs(String key) {
    return key.toUpperCase(Locale.ROOT).startsWith(ConfigKey.PREFIX);
  }

  /// The value, which must be given when the key has no default.
  public String text(ConfigKey key) {
    boolean canBeEmpty = "".equals(key.defaultValue());
    return read(key, "a text", text -> canBeEmpty ? text : notEmpty(text), "");
  }

  /// The value; null when there is none and no default.
  public @Nullable String textOrNull(ConfigKey key) {
    return given(key) == null ? null : text(key);
  }

  /// A TCP port; 0 means any free one.
  public int port(ConfigKey key) {
    return Math.toIntExact(whole(key, "a port", 0, 65_535));
  }

  /// A TCP port; 0 means any free one; null when there is none and no default.
  public @Nullable Integer portOrNull(ConfigKey key) {
    return given(key) == null ? null : (Integer) port(key);
  }

  /// One of a few words.
  ///
  /// @param words in the order in which they are named to the user
  public String choice(ConfigKey key, List<String> words) {
    return read(
        key,
        "one of " + String.join(", ", words),
        text -> ValueSyntax.oneOf(text, words),
        words.getFirst());
  }

  /// A whole number of the range, both ends included.
  public int count(ConfigKey key, int min, int max) {
    return Math.toIntExact(whole(key, "a whole number", min, max));
  }

  /// A whole number of the range, both ends included, of a key without a default.
  ///
  /// @param whenUnset what holds when there is no value
  public int count(ConfigKey key, int min, int max, int whenUnset) {
    return given(key) == null ? whenUnset : count(key, min, max);
  }

  /// A share above 0% up to 100%, as a ratio: `5%` is 0.05.
  public BigDecimal share(ConfigKey key) {
    return read(
        key, "a share above 0% up to 100%, such as 0.5%", ValueSyntax::share, BigDecimal.ONE);
  }

  /// A duration of the range, both ends included, such as `50ms`, `15m` or `35d`.
  public Duration duration(ConfigKey key, Duration min, Duration max) {
    String expected =
        "a duration from %s to %s, such as 50ms, 15m or 35d"
            .formatted(Quantity.text(min), Quantity.text(max));
    return read(key, expected, text -> ValueSyntax.within(Quantity.duration(text), min, max), min);
  }

  /// A size in bytes of the range, both ends included, such as `5MiB`.
  public long bytes(ConfigKey key, long min, long max) {
    String expected =
        "a size from %s to %s, such as 64KiB or 5MiB"
            .formatted(Quantity.text(min), Quantity.text(max));
    return read(key, expected, text -> ValueSyntax.within(Quantity.bytes(text), min, max), min);
  }

  /// A size in bytes of the range, both ends included; null when there is none and no default.
  public @Nullable Long bytesOrNull(ConfigKey key, long min, long max) {
    return given(key) == null ? null : (Long) bytes(key, min, max);
  }

  /// A path, made absolute from the working directory.
  public Path path(ConfigKey key) {
    return read(key, "a path", ValueSyntax::path, Path.of("").toAbsolutePath());
  }

  /// A path, made absolute from the working directory; null when there is none and no default.
  public @Nullable Path pathOrNull(ConfigKey key) {
    return given(key) == null ? null : path(key);
  }

  /// A path; when there is none, `name` in the data directory.
  public Path pathOrInDataDir(ConfigKey key, String name) {
    Path path = pathOrNull(key);
    return path == null ? path(ConfigKey.DATA_DIR).resolve(name) : path;
  }

  /// Comma-separated paths, made absolute from the working directory; empty when there are none.
  public List<Path> paths(ConfigKey key) {
    return given(key) == null
        ? List.of()
        : read(
            key,
            "comma-separated paths",
            text ->
                Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(ValueSyntax::path)
                    .toList(),
            List.of());
  }

  /// The tenants file: the one that is named, else `tenants.json` in the data directory.
  public Path tenantsFile() {
    return pathOrInDataDir(ConfigKey.TENANTS_FILE, "tenants.json");
  }

  /// A `true` or a `false`.
  public boolean flag(ConfigKey key) {
    return read(key, "true or false", ValueSyntax::flag, false);
  }

  /// An absolute http or https URL without slash at its end; null when there is none and no
  /// default. User, query and fragment are refused: passwords do not belong into a URL.
  public @Nullable URI uriOrNull(ConfigKey key) {
    return given(key) == null
        ? null
        : read(
            key,
            "a URL such as https://host:port without user, query and fragment",
            ValueSyntax::url,
            URI.create("http://localhost"));
  }

  /// The comma-separated values without the white space around them; empty when there are none.
  public List<String> list(ConfigKey key) {
    String text = given(key);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .toList();
  }

  /// The addresses of Kafka's brokers as its clients take them: `host:port`, comma-separated, at
  /// least one.
  public String brokers(ConfigKey key) {
    List<String> brokers = list(key);
    if (brokers.isEmpty()) {
      problem(key, "expected host:port of a Kafka broker, got nothing");
    }
    for (String broker : brokers) {
      if (!BROKER.matcher(broker).matches()) {
        problem(key, "expected host:port of a Kafka broker, got \"" + broker + "\"");
      }
    }
    return String.join(",", brokers);
  }

  /// Settings of a client by the client's own names: those of all keys that begin with `key` and
  /// `_`, in small letters and with a dot for each `_`.
  ///
  /// @param problemOf what is wrong with a name and its value; null when nothing is
  public Map<String, String> settings(
      ConfigKey key, BiFunction<String, String, @Nullable String> problemOf) {
    used.add(key);
    if (values.containsKey(key.key())) {
      problem(key, "expected the name of a setting behind it, got none");
    }
    Map<String, String> settings = new TreeMap<>();
    given(key.key() + "_")
        .forEach(
            (given, value) -> {
              String rest = given.substring(key.key().length() + 1);
              String name = rest.toLowerCase(Locale.ROOT).replace('_', '.');
              String problem = problemOf.apply(name, value);
              if (problem == null) {
                settings.put(name, value);
              } else {
                problems.add(given + ": " + problem);
              }
            });
    return settings;
  }

  /// What is given under keys that begin so, in their order.
  private SortedMap<String, String> given(String start) {
    SortedMap<String, String> found = new TreeMap<>(values);
    found.keySet().removeIf(given -> !given.startsWith(start));
    return found;
  }

  /// Adds a problem that only the caller can see, such as one between two keys.
  ///
  /// @param problem `expected …, got …`, without the key
  public void problem(ConfigKey key, String problem) {
    problems.add(key.key() + ": " + problem);
  }

  /// Ends the reading.
  ///
  /// @throws ConfigException with all problems so far, when there is one
  public void throwIfInvalid() {
    if (!problems.isEmpty()) {
      throw new ConfigException(new ArrayList<>(problems));
    }
  }

  /// What was read, for the log at start: one line `KEY=value` for each key asked for up to now, in
  /// the order of [ConfigKey], secrets masked.
  public String effective() {
    return used.stream().map(key -> key.key() + "=" + shown(key)).collect(Collectors.joining("\n"));
  }

  /// The keys asked for up to now.
  public Set<ConfigKey> used() {
    return Collections.unmodifiableSet(used);
  }

  private String shown(ConfigKey key) {
    if (key == ConfigKey.KAFKA_CLIENT) {
      int settings = given(key.key() + "_").size();
      return settings == 0 ? "(unset)" : "*** (" + settings + " settings)";
    }
    String value = value(key);
    if (value == null) {
      return "(unset)";
    }
    if (key.isSecret()) {
      return "***";
    }
    return values.containsKey(key.key()) ? ValueSyntax.shown(value) : value + " (default)";
  }

  private @Nullable String given(ConfigKey key) {
    used.add(key);
    return value(key);
  }

  private @Nullable String value(ConfigKey key) {
    String value = values.get(key.key());
    boolean isUnset = value == null || (value.isEmpty() && key.defaultValue() == null);
    return isUnset ? key.defaultValue() : value;
  }

  private long whole(ConfigKey key, String what, long min, long max) {
    String expected = "%s from %d to %d".formatted(what, min, max);
    return read(key, expected, text -> ValueSyntax.within(Long.valueOf(text), min, max), min);
  }

  private static String notEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /// Makes a value of a text, or throws [IllegalArgumentException].
  private interface Parser<T> {
    T parse(String text);
  }

  private <T> T read(ConfigKey key, String expected, Parser<T> parser, T least) {
    String text = given(key);
    if (text == null) {
      problem(key, "expected " + expected + ", got nothing");
      return least;
    }
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      String got = key.isSecret() ? "***" : ValueSyntax.quoted(text);
      problem(key, "expected " + expected + ", got " + got);
      return standIn(key, parser, least);
    }
  }

  private static <T> T standIn(ConfigKey key, Parser<T> parser, T least) {
    String text = key.defaultValue();
    try {
      return text == null ? least : parser.parse(text);
    } catch (IllegalArgumentException e) {
      return least;
    }
  }
}
