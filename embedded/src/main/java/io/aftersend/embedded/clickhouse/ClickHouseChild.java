package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.EmbeddedStartException;
import io.aftersend.embedded.clickhouse.engine.Engine;
import io.aftersend.embedded.clickhouse.engine.EngineException;
import io.aftersend.embedded.clickhouse.engine.TerminalSignals;
import io.aftersend.embedded.clickhouse.front.HttpFront;
import io.aftersend.runtime.lifecycle.DirectoryLock;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The program of the child process: the engine behind its HTTP front.
///
/// It lives as long as its standard input: when that ends, its parent has closed it or died, in
/// whatever way, and it ends too, so that it never stays behind with the directory and the port.
public final class ClickHouseChild {
  static final String READY = "aftersend-clickhouse ready ";
  static final String FAILED = "aftersend-clickhouse failed ";

  /// A predecessor whose parent was killed needs a moment to notice and to let go of the directory.
  private static final Duration LOCK_WAIT = Duration.ofSeconds(4);

  private static final long LOCK_POLL_MS = 50;

  /// An engine that does not stop by then is left to the end of the process; its data is on disk.
  private static final long CLOSE_LIMIT_MS = 8_000;

  private ClickHouseChild() {}

  /// Takes no arguments; its orders come on standard input.
  public static void main(String[] args) throws Exception {
    TerminalSignals.ignore();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ChildOrders orders = ChildOrders.read(in);
    CountDownLatch parentGone = new CountDownLatch(1);
    Thread.ofPlatform().name("parent-watch").daemon().start(() -> watch(in, parentGone));
    System.exit(run(orders, parentGone));
  }

  private static int run(ChildOrders orders, CountDownLatch parentGone)
      throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    try {
      DirectoryLock lock = lock(orders, parentGone);
      try {
        serve(orders, parentGone, closed);
      } finally {
        lock.close();
      }
      return 0;
    } catch (EmbeddedStartException | StartupException e) {
      return failed(e.getMessage());
    } catch (IOException e) {
      return failed(
          "ClickHouse cannot listen on "
              + orders.front().host()
              + ":"
              + orders.front().port()
              + " or write "
              + orders.storage()
              + ": "
              + e.getMessage());
    } catch (EngineException | RuntimeException e) {
      return failed("ClickHouse cannot open " + orders.storage() + ": " + e.getMessage());
    } finally {
      closed.countDown();
    }
  }

  private static void serve(ChildOrders orders, CountDownLatch parentGone, CountDownLatch closed)
      throws IOException, EngineException, InterruptedException {
    Files.createDirectories(orders.storage());
    try (Engine engine = Engine.open(orders.library(), orders.storage(), orders.limits());
        HttpFront front = HttpFront.start(orders.front(), engine, "aftersend")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parentGone, closed)));
      System.out.println(READY + front.port());
      parentGone.await();
      haltWhenStuck(Thread.currentThread());
    }
  }

  private static int failed(@Nullable String reason) {
    System.out.println(FAILED + String.valueOf(reason).replace('\n', ' '));
    return 1;
  }

  private static DirectoryLock lock(ChildOrders orders, CountDownLatch parentGone)
      throws EmbeddedStartException, InterruptedException {
    long deadlineNs = System.nanoTime() + LOCK_WAIT.toNanos();
    while (true) {
      try {
        return DirectoryLock.acquire(orders.lockDirectory());
      } catch (StartupException e) {
        if (System.nanoTime() - deadlineNs > 0) {
          throw e;
        }
      }
      if (parentGone.await(LOCK_POLL_MS, TimeUnit.MILLISECONDS)) {
        throw new EmbeddedStartException("ClickHouse was stopped before it started");
      }
    }
  }

  private static void watch(BufferedReader in, CountDownLatch parentGone) {
    try {
      while (in.read() >= 0) {
        // The parent says nothing more; only the end matters.
      }
    } catch (IOException brokenPipe) {
      // As good as the end.
    }
    parentGone.countDown();
  }

  /// SIGTERM: the main thread closes everything, the JVM's end waits for it.
  private static void stop(CountDownLatch parentGone, CountDownLatch closed) {
    parentGone.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void haltWhenStuck(Thread main) {
    Thread.ofPlatform()
        .name("close-limit")
        .daemon()
        .start(
            () -> {
              try {
                main.join(CLOSE_LIMIT_MS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(0);
            });
  }
}
