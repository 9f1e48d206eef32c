package io.aftersend.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShutdownSignalTest {
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void signalHasMainCloseItsResourcesAndEndWithItsOwnCode(String signal) throws Exception {
    try (ChildJvm child = ChildJvm.start(Service.class)) {
      assertThat(child.line()).isEqualTo("READY");
      send(signal, child);

      assertThat(child.line()).isEqualTo("closed");
      assertThat(child.line()).isEqualTo("main has returned");
      assertThat(child.exitCode()).isZero();
    }
  }

  @Test
  void exitFromElsewhereWaitsForMainToClose() throws Exception {
    try (ChildJvm child = ChildJvm.start(Service.class, "exit")) {
      assertThat(child.line()).isEqualTo("READY");

      assertThat(child.line()).isEqualTo("closed");
      assertThat(child.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void mainThatHangsIsHaltedAtTheDeadline() throws Exception {
    try (ChildJvm child = ChildJvm.start(HangingService.class)) {
      assertThat(child.line()).isEqualTo("READY");
      child.terminate();

      assertThat(child.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void wakesWhoAwaitsIt() throws InterruptedException {
    try (ShutdownSignal shutdown = ShutdownSignal.install()) {
      assertThat(shutdown.await(Duration.ZERO)).isFalse();
      assertThat(shutdown.isSignalled()).isFalse();
      shutdown.signal();
      shutdown.signal();
      shutdown.await();
      assertThat(shutdown.await(Duration.ZERO)).isTrue();
      assertThat(shutdown.isSignalled()).isTrue();
    }
  }

  @Test
  void canBeClosedTwice() {
    ShutdownSignal shutdown = ShutdownSignal.install();
    shutdown.close();
    shutdown.close();
  }

  private static void send(String signal, ChildJvm child) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /// A service as every `main` writes it.
  static final class Service implements AutoCloseable {
    public static void main(String[] arguments) throws InterruptedException {
      try (ShutdownSignal shutdown = ShutdownSignal.install();
          Service service = new Service()) {
        service.start(arguments.length > 0);
        shutdown.await();
      }
      System.out.println("main has returned");
    }

    private void start(boolean exitsByItself) {
      System.out.println("READY");
      if (exitsByItself) {
        Thread.ofPlatform().daemon().start(() -> System.exit(3));
      }
    }

    @Override
    public void close() {
      System.out.println("closed");
    }
  }

  /// A service whose resource never closes.
  static final class HangingService {
    public static void main(String[] arguments) throws InterruptedException {
      try (ShutdownSignal shutdown = ShutdownSignal.install(Duration.ofMillis(100))) {
        System.out.println("READY");
        shutdown.await();
        new CountDownLatch(1).await();
      }
    }
  }
}
