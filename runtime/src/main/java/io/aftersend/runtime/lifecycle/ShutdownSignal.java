package io.aftersend.runtime.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The request to stop: SIGTERM, SIGINT, the JVM's own shutdown, or [#signal()].
///
/// It is the first resource of a `main`, hence the last one closed:
///
/// ```java
/// try (var shutdown = ShutdownSignal.install();
///     var server = Server.start(config)) {
///   shutdown.await();
/// }
/// ```
///
/// A signal does not end the JVM: it wakes `main`, which closes its resources and returns, so the
/// exit code is `main`'s own. From the first signal to [#close()] there are 28 seconds; after them
/// the JVM is halted with exit code 1. When something else begins the JVM's shutdown (a closed
/// terminal, `System.exit`), a hook holds it back for as long.
///
/// Safe for any thread.
public final class ShutdownSignal implements AutoCloseable {
  /// Users are promised an end within 30 s; the rest is for the JVM itself.
  private static final Duration DEADLINE = Duration.ofSeconds(28);

  private static final Logger log = LoggerFactory.getLogger(ShutdownSignal.class);

  private final Duration deadline;
  private final Thread main = Thread.currentThread();
  private final CountDownLatch signalled = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean hasDeadline = new AtomicBoolean();
  private final Thread hook = new Thread(this::holdShutdown, "shutdown-hook");
  private final List<Runnable> restoreHandlers = new ArrayList<>();

  private ShutdownSignal(Duration deadline) {
    this.deadline = deadline;
  }

  /// Begins to listen for SIGTERM, SIGINT and the JVM's shutdown.
  public static ShutdownSignal install() {
    return install(DEADLINE);
  }

  static ShutdownSignal install(Duration deadline) {
    ShutdownSignal shutdown = new ShutdownSignal(deadline);
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    shutdown.listenTo("TERM");
    shutdown.listenTo("INT");
    return shutdown;
  }

  /// Waits until a stop is requested.
  public void await() throws InterruptedException {
    signalled.await();
  }

  /// Waits until a stop is requested, at most for `timeout`.
  ///
  /// @return whether it is requested
  public boolean await(Duration timeout) throws InterruptedException {
    return signalled.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Whether a stop is requested.
  public boolean isSignalled() {
    return signalled.getCount() == 0;
  }

  /// Requests the stop. Further calls do nothing.
  public void signal() {
    signalled.countDown();
  }

  /// Says that all is closed: the JVM may end. The signals get back the handlers that they had.
  /// Further calls do nothing.
  @Override
  public void close() {
    if (closed.getCount() == 0) {
      return;
    }
    closed.countDown();
    restoreHandlers.forEach(Runnable::run);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown has begun: the hook runs, and has just been let go.
    }
  }

  private void listenTo(String name) {
    try {
      restoreHandlers.add(OsSignal.named(name).onReceive(() -> stopInTime(name)));
    } catch (UnsupportedOperationException e) {
      log.debug("SIG{} stays with the JVM, whose own shutdown will do", name, e);
    }
  }

  private void stopInTime(String signalName) {
    log.info("SIG{} received: stopping", signalName);
    signal();
    if (hasDeadline.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("shutdown-deadline").start(this::haltWhenLate);
    }
  }

  private void haltWhenLate() {
    if (!isClosedInTime()) {
      log.error("not stopped within {}: ending now, main is at {}", deadline, whereMainIs());
      Runtime.getRuntime().halt(1);
    }
  }

  private void holdShutdown() {
    signal();
    if (!isClosedInTime()) {
      log.error("not stopped within {}: main is at {}", deadline, whereMainIs());
    }
  }

  private boolean isClosedInTime() {
    try {
      return closed.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String whereMainIs() {
    StackTraceElement[] trace = main.getStackTrace();
    return trace.length == 0 ? "its end" : trace[0].toString();
  }
}
