package io.aftersend.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir Path temporary;

  private Path directory = Path.of("");

  @BeforeEach
  void nameDirectory() throws IOException {
    directory = temporary.toRealPath().resolve("data");
  }

  @Test
  void refusesADirectoryThatAnotherProcessHas() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, directory.toString())) {
      assertThat(child.line()).isEqualTo("held");

      assertThatThrownBy(() -> DirectoryLock.acquire(directory))
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith(
              "another aftersend already runs on " + directory + " (pid " + child.pid() + ")")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void isFreeOnceItsProcessWasKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, directory.toString())) {
      assertThat(child.line()).isEqualTo("held");
      child.kill();
      child.exitCode();

      assertThatCode(() -> DirectoryLock.acquire(directory).close()).doesNotThrowAnyException();
    }
  }

  @Test
  void aRefusedAttemptOfTheSameProcessDoesNotLooseTheLock() throws Exception {
    try (DirectoryLock held = DirectoryLock.acquire(directory)) {
      assertThatThrownBy(() -> DirectoryLock.acquire(held.directory()))
          .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");

      try (ChildJvm child = ChildJvm.start(Holder.class, directory.toString())) {
        assertThat(child.line()).startsWith("another aftersend already runs on " + directory);
      }
    }
  }

  @Test
  void canBeTakenAgainOnceClosed() {
    DirectoryLock first = DirectoryLock.acquire(directory);
    first.close();
    try (DirectoryLock second = DirectoryLock.acquire(directory)) {
      first.close();
      assertThatThrownBy(() -> DirectoryLock.acquire(second.directory()))
          .isInstanceOf(StartupException.class);
    }
  }

  @Test
  void namesADirectoryThatCannotBeMade() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> DirectoryLock.acquire(file.resolve("data")))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("cannot use the directory " + file.resolve("data"));
  }

  /// Takes the lock and keeps it until it is killed.
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (DirectoryLock held = DirectoryLock.acquire(Path.of(arguments[0]))) {
        System.out.println("held");
        int endOfInput = System.in.read();
        System.out.println(held.directory() + " free after " + endOfInput);
      } catch (StartupException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
