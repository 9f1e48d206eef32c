package io.aftersend.bench.load;

import io.aftersend.bench.bare.BareMain;
import io.aftersend.bench.process.BenchProcess;
import io.aftersend.bench.process.JavaCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The starts of the servers that the edge is compared with, bound to the server's processor.
final class Servers {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /// What the repository's configuration names.
  static final String PORT_IN_CONFIG = "127.0.0.1:8099";

  private Servers() {}

  /// The `nginx` on PATH or in the usual place for one, if there is any.
  static Optional<Path> findNginx(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":", -1))
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Starts nginx with a copy of the repository's configuration that names a free port.
  static Server nginx(Path program, Path root, Cores cores, Site site)
      throws IOException, InterruptedException {
    Path directory = site.subdirectory("nginx");
    int port = freePort();
    String config = Files.readString(root.resolve("benchmarks").resolve("nginx.conf"));
    Path copy = directory.resolve("nginx.conf");
    Files.writeString(copy, config.replace(PORT_IN_CONFIG, "127.0.0.1:" + port));
    BenchProcess process =
        BenchProcess.start(
            "nginx",
            cores.server(),
            List.of(program.toString(), "-p", directory + "/", "-c", copy.toString()),
            Map.of(),
            directory);
    try {
      awaitListening(process, port);
    } catch (RuntimeException | InterruptedException e) {
      process.close();
      throw e;
    }
    return new Server("nginx", port, process);
  }

  /// Starts a server that is Netty with little on top.
  static Server bare(Choice choice, Cores cores, Site site) throws InterruptedException {
    String name = choice.name().toLowerCase(Locale.ROOT);
    BenchProcess process =
        BenchProcess.start(
            name,
            cores.server(),
            JavaCommand.of(
                BareMain.class, choice.transport(), choice.codec(), site.tenantsFile().toString()),
            Map.of(),
            site.subdirectory(name));
    try {
      String ready = process.nextLine(START_TIMEOUT);
      int port = Integer.parseInt(BenchProcess.field(ready, "port"));
      return new Server(choice.title(), port, process);
    } catch (RuntimeException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(BenchProcess process, int port) throws InterruptedException {
    long endNs = System.nanoTime() + START_TIMEOUT.toNanos();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    while (!listens(address)) {
      if (!process.isAlive() || System.nanoTime() - endNs >= 0) {
        throw process.failure("does not listen");
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
