package io.aftersend.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.embedded.EmbeddedStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life and death of the child process.
class ClickHouseProcessIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long POLL_NS = 5_000_000;

  @TempDir Path directory;

  @Test
  void comesBackOnTheSamePortWithEveryAcknowledgedRowWhenKilled() throws Exception {
    try (ClickHouseServer server = TestServers.start(directory)) {
      RawClient client = new RawClient(server.url());
      client.bytes("CREATE TABLE kept (a UInt32) ENGINE = MergeTree ORDER BY a");
      AtomicInteger acknowledged = new AtomicInteger();
      AtomicBoolean stop = new AtomicBoolean();
      Thread writer = Thread.ofPlatform().start(() -> insertUntil(stop, client, acknowledged));
      long killed = server.pid();
      await(() -> acknowledged.get() > 20);
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      await(() -> server.restarts() == 1 && answers(client));
      int before = acknowledged.get();
      await(() -> acknowledged.get() > before + 5);
      stop.set(true);
      writer.join();
      assertThat(server.pid()).isNotEqualTo(killed);
      assertThat(client.text("SELECT uniqExact(a) >= " + acknowledged.get() + " FROM kept"))
          .isEqualTo("1");
    }
  }

  private static void insertUntil(
      AtomicBoolean stop, RawClient client, AtomicInteger acknowledged) {
    for (int i = 0; !stop.get(); i++) {
      try {
        client.bytes("INSERT INTO kept FORMAT CSV\n" + i + "\n");
        acknowledged.incrementAndGet();
      } catch (IOException whileItIsAway) {
        LockSupport.parkNanos(POLL_NS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static boolean answers(RawClient client) {
    try {
      return client.text("SELECT 1").equals("1");
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  @Test
  void keepsItsDataAcrossARestartAndIsAloneInItsDirectory() throws Exception {
    try (ClickHouseServer server = TestServers.start(directory)) {
      new RawClient(server.url())
          .bytes("CREATE TABLE kept ENGINE = MergeTree ORDER BY a AS SELECT 7 AS a");
      assertThatThrownBy(() -> TestServers.start(directory))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("already runs on " + directory);
    }
    try (ClickHouseServer server = TestServers.start(directory)) {
      assertThat(new RawClient(server.url()).text("SELECT a FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    ClickHouseConfig config = TestServers.config(directory);
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ParentProgram.class.getName(),
                directory.toString(),
                config.library().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long childPid;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.startsWith("child ")) {
        line = out.readLine();
      }
      childPid = Long.parseLong(String.valueOf(line).substring(6));
    }
    ProcessHandle child = ProcessHandle.of(childPid).orElseThrow();
    assertThat(child.isAlive()).isTrue();
    parent.destroyForcibly();
    await(() -> !child.isAlive());
    TestServers.start(directory).close();
  }

  /// A parent to be killed: starts a server, tells the child's process id, and waits.
  static final class ParentProgram {
    private ParentProgram() {}

    public static void main(String[] args) throws Exception {
      ClickHouseServer server =
          ClickHouseServer.start(ClickHouseConfig.of(Path.of(args[0]), Path.of(args[1])));
      System.out.println("child " + server.pid());
      Thread.currentThread().join();
    }
  }

  @Test
  void endsCleanlyOnSigtermAndIsReplaced() throws Exception {
    try (ClickHouseServer server = TestServers.start(directory)) {
      ProcessHandle.of(server.pid()).orElseThrow().destroy();
      RawClient client = new RawClient(server.url());
      await(() -> server.restarts() == 1 && answers(client));
    }
  }

  @Test
  void tellsThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClickHouseConfig config =
          TestServers.config(directory).listeningOn("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> ClickHouseServer.start(config))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("ClickHouse cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void wantsAPasswordWhenOtherMachinesCanReachIt() throws Exception {
    ClickHouseConfig open = TestServers.config(directory).listeningOn("0.0.0.0", 0);
    assertThatThrownBy(() -> ClickHouseServer.start(open))
        .isInstanceOf(EmbeddedStartException.class)
        .hasMessageContaining("set a password");
    ClickHouseConfig guarded = open.guardedBy(Optional.of("s3cret = x"), Set.of("warehouse"));
    try (ClickHouseServer server = ClickHouseServer.start(guarded)) {
      RawClient client = new RawClient(server.url());
      for (String wrong : List.of("/", "/?password=other", "/?user=default&password=")) {
        assertThat(client.post(wrong, new byte[] {'1'}).statusCode()).as(wrong).isEqualTo(403);
      }
      String right = "/?query=SELECT+1&password=" + RawClient.encoded("s3cret = x");
      assertThat(client.post(right, new byte[0]).statusCode()).isEqualTo(200);
      assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().commandLine().orElse(""))
          .doesNotContain("s3cret");
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadlineNs = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("expected it within " + LIMIT);
      }
      LockSupport.parkNanos(POLL_NS);
    }
  }
}
