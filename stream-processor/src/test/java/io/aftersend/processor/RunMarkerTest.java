package io.aftersend.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunMarkerTest {

  @Test
  void tellsARunThatDidNotEndCleanly(@TempDir Path directory) {
    Path state = directory.resolve("streams");
    assertThat(new RunMarker(state).set()).as("first start").isFalse();
    assertThat(new RunMarker(state).set()).as("start after a crash").isTrue();
    new RunMarker(state).remove();
    assertThat(new RunMarker(state).set()).as("start after a clean end").isFalse();
  }
}
