package io.aftersend.runtime.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Where the values of a configuration come from: a properties file below the environment.
public final class ConfigSource {
  private ConfigSource() {}

  /// Merges the two; the environment wins. White space around a file's values does not count. Keys
  /// of other programs stay out.
  ///
  /// @param propertiesFile UTF-8, with the same keys as the environment; null: none
  /// @throws ConfigException when the file cannot be read, or has one of our keys without its
  ///   prefix
  public static Map<String, String> load(
      Map<String, String> environment, @Nullable Path propertiesFile) {
    Map<String, String> merged = new HashMap<>();
    if (propertiesFile != null) {
      merged.putAll(ours(read(propertiesFile)));
    }
    merged.putAll(ours(environment));
    return Map.copyOf(merged);
  }

  private static Map<String, String> ours(Map<String, String> all) {
    Map<String, String> ours = new HashMap<>(all);
    ours.keySet().removeIf(key -> !ConfigReader.isOurs(key));
    return ours;
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": expected a properties file, there is no such file", e);
    } catch (IOException e) {
      throw new ConfigException(file + ": expected a readable properties file, got " + e, e);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          file + ": expected the syntax of a properties file, got: " + e.getMessage(), e);
    }
    Map<String, String> values = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(key -> values.put(key, properties.getProperty(key).strip()));
    refuseKeysWithoutPrefix(file, values);
    return values;
  }

  private static void refuseKeysWithoutPrefix(Path file, Map<String, String> values) {
    List<String> problems = new ArrayList<>();
    for (String key : values.keySet().stream().sorted().toList()) {
      String name = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
      ConfigKey meant = ConfigKey.find(ConfigKey.PREFIX + name);
      if (meant != null) {
        problems.add(file + ": unknown key " + key + ": did you mean " + meant.key() + "?");
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
