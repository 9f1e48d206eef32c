package io.aftersend.runtime.lifecycle;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of these tests in a JVM of its own, killed at the end of the test.
public final class ChildJvm implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 120;

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildJvm(builder.start());
  }

  public long pid() {
    return process.pid();
  }

  /// The next line that it prints; fails the test when it ends instead.
  public String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("the child ended before it printed the line that was awaited");
    }
    return line;
  }

  /// Ends it as `kill` does: SIGTERM.
  public void terminate() {
    process.destroy();
  }

  /// Ends it as `kill -9` does.
  public void kill() {
    process.destroyForcibly();
  }

  public int exitCode() throws InterruptedException {
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the child did not end within " + DEADLINE_SECONDS + " s");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
