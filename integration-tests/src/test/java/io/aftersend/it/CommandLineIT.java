package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.RunningUp.Up;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a user reads who asked for something that cannot be.
@ExtendWith(RunningUp.class)
class CommandLineIT {
  private final Up up;

  CommandLineIT(Up up) {
    this.up = up;
  }

  @Test
  void secondUpOnTheSameDirectoryIsRefusedInOneLine() {
    AftersendProcess second = AftersendProcess.start(up.directory(), up.settings(), "up");

    assertThat(second.awaitEnd()).isEqualTo(1);
    assertSaysInOneLine(second, "already");
  }

  @Test
  void portInUseIsNamed(@TempDir Path directory) {
    Map<String, String> settings = new HashMap<>(RunningUp.settings(directory));
    String port = up.client().edge().replaceAll(".*:", "");
    settings.put("AFTERSEND_EDGE_PORT", port);
    settings.put("AFTERSEND_KAFKA_BOOTSTRAP", "127.0.0.1:1");
    AftersendProcess tenant = AftersendProcess.start(directory, settings, "tenant", "add", "t1");
    assertThat(tenant.awaitEnd()).isZero();

    AftersendProcess edge = AftersendProcess.start(directory, settings, "edge");

    assertThat(edge.awaitEnd()).isEqualTo(1);
    assertThat(edge.outputText().lines())
        .doesNotContain("\tat ")
        .last()
        .asString()
        .contains("port " + port)
        .contains("AFTERSEND_EDGE_PORT");
  }

  @Test
  void everyWrongSettingIsReportedAtOnce(@TempDir Path directory) {
    Map<String, String> settings = new HashMap<>(RunningUp.settings(directory));
    settings.put("AFTERSEND_EDGE_PORT", "eighty");
    settings.put("AFTERSEND_EDGE_PROT", "80");
    settings.put("AFTERSEND_API_PORT", "70000");

    AftersendProcess process = AftersendProcess.start(directory, settings, "up");

    assertThat(process.awaitEnd()).isEqualTo(1);
    assertThat(process.outputText())
        .contains("AFTERSEND_EDGE_PORT")
        .contains("AFTERSEND_EDGE_PROT")
        .contains("AFTERSEND_API_PORT")
        .doesNotContain("\tat ");
  }

  @Test
  void wrongUsageIsOneLineAndTwo(@TempDir Path directory) {
    AftersendProcess process =
        AftersendProcess.start(
            directory, RunningUp.settings(directory), "tenant", "list", "--jsno");

    assertThat(process.awaitEnd()).isEqualTo(2);
    assertSaysInOneLine(process, "--jsno");
  }

  @Test
  void linksWithoutARunningProgramSaysWhatToStart(@TempDir Path directory) {
    AftersendProcess process =
        AftersendProcess.start(
            directory,
            RunningUp.settings(directory),
            "links",
            "--campaign",
            "c",
            "--message",
            "m",
            "--recipient",
            "r");

    assertThat(process.awaitEnd()).isEqualTo(1);
    assertSaysInOneLine(process, "up");
  }

  private static void assertSaysInOneLine(AftersendProcess process, String words) {
    assertThat(process.outputText().lines().filter(line -> !line.isBlank()))
        .as(process.outputText())
        .hasSize(1)
        .first()
        .asString()
        .contains(words);
  }
}
