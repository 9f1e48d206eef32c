package io.aftersend.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What figures depend on: processor, kernel, JVM, nginx.
public final class Machine {
  private static final int TIMEOUT_SECONDS = 5;

  private Machine() {}

  /// Processors, kernel and JVM, in one line.
  public static String describe() {
    return "%s, %d processors; Linux %s; Java %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.version"),
            Runtime.version());
  }

  /// One line.
  static String describe(Cores cores, Optional<Path> nginx) {
    return "%s, %d processors (server on %d, load on %d); Linux %s; Java %s; %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            cores.server(),
            cores.load(),
            System.getProperty("os.version"),
            Runtime.version(),
            nginx.map(Machine::version).orElse("no nginx"));
  }

  private static String processor() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /// Such as `nginx/1.22.1`.
  private static String version(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "-v").redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean _ = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return said.substring(said.indexOf(':') + 1).strip();
    } catch (IOException e) {
      return "nginx of unknown version";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "nginx of unknown version";
    }
  }
}
