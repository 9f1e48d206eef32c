package io.aftersend.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceIdTest {

  @Test
  void staysTheSameForADirectory(@TempDir Path directory) {
    Path state = directory.resolve("streams");
    String drawn = InstanceId.ofDirectory(state, new Random(1));
    assertThat(drawn).matches("[0-9a-f]{16}");
    assertThat(InstanceId.ofDirectory(state, new Random(2))).isEqualTo(drawn);
    assertThat(InstanceId.ofDirectory(directory.resolve("other"), new Random(2)))
        .isNotEqualTo(drawn);
  }

  @Test
  void refusesAFileThatHoldsSomethingElse(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("instance-id"), "nonsense");
    assertThatThrownBy(() -> InstanceId.ofDirectory(directory, new Random(1)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("nonsense");
  }
}
