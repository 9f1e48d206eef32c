package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.clickhouse.engine.EngineLimits;
import io.aftersend.embedded.clickhouse.front.FrontConfig;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/// What the child process is told to do: the first lines on its standard input, since a command
/// line can be read by every user of the machine and a password is among them.
///
/// @param storage the engine's directory
/// @param lockDirectory the directory to lock before the storage is touched
record ChildOrders(
    Path library, Path storage, Path lockDirectory, EngineLimits limits, FrontConfig front) {
  private static final String END = "#end";
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);

  /// One statement may take most of the memory, but not all of it.
  private static final long STATEMENT_SHARE_PERCENT = 75;

  /// @throws IllegalArgumentException for a config that may not be run
  static ChildOrders of(ClickHouseConfig config, int port) {
    return new ChildOrders(
        config.library().toAbsolutePath(),
        config.dataDirectory().toAbsolutePath().resolve("engine"),
        config.dataDirectory().toAbsolutePath(),
        new EngineLimits(
            config.memoryBytes(), config.memoryBytes() / 100 * STATEMENT_SHARE_PERCENT),
        new FrontConfig(
            config.host(),
            port,
            config.password(),
            config.allowedHosts(),
            config.maxStatements(),
            MAX_WAIT));
  }

  String text() {
    Properties it = new Properties();
    it.setProperty("library", library.toString());
    it.setProperty("storage", storage.toString());
    it.setProperty("lockDirectory", lockDirectory.toString());
    it.setProperty("memoryBytes", Long.toString(limits.memoryBytes()));
    it.setProperty("statementMemoryBytes", Long.toString(limits.statementMemoryBytes()));
    it.setProperty("host", front.host());
    it.setProperty("port", Integer.toString(front.port()));
    front.password().ifPresent(password -> it.setProperty("password", password));
    it.setProperty("allowedHosts", String.join(",", front.allowedHosts()));
    it.setProperty("maxStatements", Integer.toString(front.maxStatements()));
    it.setProperty("maxWaitMs", Long.toString(front.maxWait().toMillis()));
    StringWriter out = new StringWriter();
    try {
      it.store(out, null);
    } catch (IOException e) {
      throw new IllegalStateException("a string writer cannot fail", e);
    }
    return out + END + "\n";
  }

  static ChildOrders read(BufferedReader in) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String line = in.readLine(); !END.equals(line); line = in.readLine()) {
      if (line == null) {
        throw new EOFException("expected orders up to " + END + " on standard input");
      }
      lines.append(line).append('\n');
    }
    Properties it = new Properties();
    it.load(new StringReader(lines.toString()));
    Set<String> allowedHosts =
        Arrays.stream(text(it, "allowedHosts").split(","))
            .filter(host -> !host.isEmpty())
            .collect(Collectors.toSet());
    return new ChildOrders(
        Path.of(text(it, "library")),
        Path.of(text(it, "storage")),
        Path.of(text(it, "lockDirectory")),
        new EngineLimits(number(it, "memoryBytes"), number(it, "statementMemoryBytes")),
        new FrontConfig(
            text(it, "host"),
            (int) number(it, "port"),
            Optional.ofNullable(it.getProperty("password")),
            allowedHosts,
            (int) number(it, "maxStatements"),
            Duration.ofMillis(number(it, "maxWaitMs"))));
  }

  private static String text(Properties from, String name) {
    return Objects.requireNonNull(from.getProperty(name), name);
  }

  private static long number(Properties from, String name) {
    return Long.parseLong(text(from, name));
  }

  @Override
  public String toString() {
    return "ChildOrders[storage " + storage + "]";
  }
}
