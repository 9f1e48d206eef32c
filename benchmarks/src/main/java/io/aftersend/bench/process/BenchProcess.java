package io.aftersend.bench.process;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process of a benchmark's own, with all its threads and children bound to one processor where
/// that is asked for. Closing it ends it and them, and nothing else.
public final class BenchProcess implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
  private static final int SHOWN_LINES = 5;
  private static final String END_OF_OUTPUT = "";

  private final String name;
  private final Process process;
  private final Path log;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Writer input;

  private BenchProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.input = process.outputWriter();
    // A virtual thread would keep its carrier while nothing is written, and there are few of these.
    Thread.ofPlatform().daemon().name(name + "-output").start(this::readLines);
  }

  /// Starts a program on one processor.
  ///
  /// @param name for messages, and of its log in `directory`
  /// @param environment the program's only variables of ours
  /// @throws StartupException when it cannot be started
  public static BenchProcess start(
      String name,
      int core,
      List<String> command,
      Map<String, String> environment,
      Path directory) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    pinned.addAll(command);
    return start(name, pinned, environment, directory);
  }

  /// Starts a program on all processors.
  ///
  /// @param name for messages, and of its log in `directory`
  /// @param environment the program's only variables of ours
  /// @throws StartupException when it cannot be started
  public static BenchProcess start(
      String name, List<String> command, Map<String, String> environment, Path directory) {
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(log.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("AFTERSEND_"));
    builder.environment().putAll(environment);
    try {
      return new BenchProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new StartupException(
          "%s cannot be started by %s: %s".formatted(name, command.getFirst(), e.getMessage()), e);
    }
  }

  private void readLines() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().filter(line -> !line.isEmpty()).forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      // It has ended, which the empty line tells.
    }
    lines.add(END_OF_OUTPUT);
  }

  /// Writes a line to its standard input.
  public void tell(String line) {
    try {
      input.write(line + '\n');
      input.flush();
    } catch (IOException e) {
      throw failure("does not listen: " + e.getMessage());
    }
  }

  /// The next line of its standard output.
  ///
  /// @throws StartupException when it ends or says nothing for too long, with the end of its log
  public String nextLine(Duration timeout) throws InterruptedException {
    String line = lines.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw failure("said nothing for " + timeout.toSeconds() + " s");
    }
    if (line.equals(END_OF_OUTPUT)) {
      throw failure("has ended");
    }
    return line;
  }

  /// The field of its `READY` line, such as `edge`.
  public static String field(String readyLine, String name) {
    for (String word : readyLine.split(" ", -1)) {
      if (word.startsWith(name + '=')) {
        return word.substring(name.length() + 1);
      }
    }
    throw new StartupException("expected %s= in: %s".formatted(name, readyLine));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Its own id.
  public long id() {
    return process.pid();
  }

  /// Its own id and those of its children.
  public List<Long> ids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  public StartupException failure(String what) {
    return new StartupException("%s %s%s".formatted(name, what, endOfLog()));
  }

  private String endOfLog() {
    try {
      List<String> all = Files.readAllLines(log);
      List<String> last = all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size());
      return last.isEmpty() ? "" : "; the end of its log:\n" + String.join("\n", last);
    } catch (IOException e) {
      return "; its log cannot be read: " + e;
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
