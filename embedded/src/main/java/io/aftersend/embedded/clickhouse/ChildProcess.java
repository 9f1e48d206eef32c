package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.EmbeddedStartException;
import io.aftersend.embedded.clickhouse.front.HttpFront;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One run of the child process, seen from its parent.
final class ChildProcess {
  /// Opening a large storage takes a while.
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private ChildProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts a child and returns when it answers.
  static ChildProcess start(ClickHouseConfig config, int port) throws EmbeddedStartException {
    ChildOrders orders;
    try {
      orders = ChildOrders.of(config, port);
    } catch (IllegalArgumentException e) {
      throw new EmbeddedStartException(String.valueOf(e.getMessage()), e);
    }
    Process process;
    try {
      Files.createDirectories(config.dataDirectory());
      process = launch(config);
      // Left open: its end is what tells the child to end.
      OutputStream stdin = process.getOutputStream();
      stdin.write(orders.text().getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      throw new EmbeddedStartException("ClickHouse's process cannot be started: " + e, e);
    }
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("clickhouse-stdout")
        .daemon()
        .start(() -> readOutput(process, outcome));
    return await(process, outcome, config);
  }

  private static Process launch(ClickHouseConfig config) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xms16m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=io/aftersend/embedded/clickhouse/child-logback.xml",
            "-Dfile.encoding=UTF-8"));
    command.addAll(HttpFront.jvmOptions());
    command.add(ClickHouseChild.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    // Columns without a time zone are UTC whatever the machine's zone is.
    builder.environment().put("TZ", "UTC");
    builder.redirectError(
        config
            .logFile()
            .map(file -> ProcessBuilder.Redirect.appendTo(file.toFile()))
            .orElse(ProcessBuilder.Redirect.INHERIT));
    return builder.start();
  }

  private static void readOutput(Process process, CompletableFuture<String> outcome) {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(ClickHouseChild.READY) || line.startsWith(ClickHouseChild.FAILED)) {
          outcome.complete(line);
        }
      }
    } catch (IOException e) {
      outcome.completeExceptionally(e);
    }
    outcome.complete("");
  }

  private static ChildProcess await(
      Process process, CompletableFuture<String> outcome, ClickHouseConfig config)
      throws EmbeddedStartException {
    String reason;
    try {
      String line = outcome.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (line.startsWith(ClickHouseChild.READY)) {
        String port = line.substring(ClickHouseChild.READY.length()).strip();
        return new ChildProcess(process, Integer.parseInt(port));
      }
      reason =
          line.isEmpty()
              ? "ClickHouse's process ended while it started"
                  + config.logFile().map(file -> "; see " + file).orElse("")
              : line.substring(ClickHouseChild.FAILED.length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reason = "ClickHouse's start was interrupted";
    } catch (ExecutionException | TimeoutException e) {
      reason = "ClickHouse did not start within " + START_LIMIT.toSeconds() + " s";
    }
    process.destroyForcibly();
    throw new EmbeddedStartException(reason);
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  /// Ends it by the end of its standard input; by force when that takes longer than the limit.
  void stop(Duration limit) {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // Then there is nothing to tell it.
    }
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
