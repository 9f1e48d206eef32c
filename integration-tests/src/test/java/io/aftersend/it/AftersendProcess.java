package io.aftersend.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The real program in a process of its own, run as a user runs it.
final class AftersendProcess implements AutoCloseable {
  /// Options of a JVM that is measured: it compiles as in production.
  static final List<String> OPTIMISING = List.of("-XX:TieredStopAtLevel=4");

  private static final Duration START_DEADLINE = Duration.ofMinutes(4);

  /// Longer than any stop or command takes, even on a machine that is short of processors.
  private static final Duration END_DEADLINE = Duration.ofMinutes(3);

  private final Process process;
  private final List<String> output = new ArrayList<>();
  private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();
  private final Thread reader;

  private AftersendProcess(Process process, String name) {
    this.process = process;
    // A virtual thread would keep its carrier while nothing is written, and there are few of these.
    reader = Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
  }

  /// Starts a command; the process is given up to two minutes to say [#ready()].
  static AftersendProcess start(
      Path workingDirectory, Map<String, String> settings, String... arguments) {
    return start(startingFast(), workingDirectory, settings, arguments);
  }

  /// Options of a JVM that does little but start: what most tests need of it.
  static List<String> startingFast() {
    return List.of("-XX:TieredStopAtLevel=1", SharedClasses.option());
  }

  /// Starts a command in a JVM with options of its own.
  static AftersendProcess start(
      List<String> jvmOptions,
      Path workingDirectory,
      Map<String, String> settings,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--illegal-native-access=allow",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-Xlog:disable",
            "-Xlog:all=error,cds*=off,aot*=off:stderr"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", SharedClasses.CLASS_PATH, "io.aftersend.standalone.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("AFTERSEND_"));
    builder.environment().putAll(settings);
    try {
      return new AftersendProcess(builder.redirectErrorStream(true).start(), arguments[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + String.join(" ", arguments), e);
    }
  }

  /// The READY line, waiting for it.
  ReadyLine ready() {
    try {
      return ready.get(START_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no READY line; the output was:\n" + outputText(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /// SIGKILL: the process gets no chance to do anything.
  void kill() {
    handle().destroyForcibly();
    awaitEnd();
  }

  /// SIGTERM, and the exit code. Through the handle, since the process itself would close its
  /// output before its last words.
  int stop() {
    handle().destroy();
    return awaitEnd();
  }

  /// The exit code, once the process has ended by itself or by a signal.
  int awaitEnd() {
    try {
      if (!process.waitFor(END_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running; the output was:\n" + outputText());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Everything that the process has written so far, both streams.
  String outputText() {
    synchronized (output) {
      return String.join("\n", output);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
        }
        if (line.startsWith(ReadyLine.START)) {
          ready.complete(ReadyLine.of(line));
        }
      }
      ready.completeExceptionally(new IllegalStateException("the process ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }
}
