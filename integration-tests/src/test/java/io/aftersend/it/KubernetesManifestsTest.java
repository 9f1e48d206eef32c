package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manifests against the schemas of Kubernetes, as an npm package has them.
class KubernetesManifestsTest {
  private static final Path CHECK = Path.of("kubernetes");
  private static final Path MANIFESTS = Path.of("..", "kubernetes").toAbsolutePath().normalize();

  @BeforeAll
  static void fetch() throws Exception {
    run(0, List.of("npm", "ci", "--silent"));
  }

  @Test
  void manifestsAreSound() throws Exception {
    assertThat(check(MANIFESTS, 0)).contains("0 problems");
  }

  @Test
  void aFieldThatThereIsNotIsFound(@TempDir Path directory) throws Exception {
    String edge = Files.readString(MANIFESTS.resolve("edge.yaml"));
    Files.writeString(
        directory.resolve("edge.yaml"),
        edge.replace("readOnlyRootFilesystem", "readOnlyRoot")
            .replace("replicas: 2", "replicas: x"));

    assertThat(check(directory, 1)).contains("readOnlyRoot").contains("replicas must be integer");
  }

  private static String check(Path directory, int exitCode) throws Exception {
    return run(exitCode, List.of("node", "check.mjs", directory.toString()));
  }

  private static String run(int exitCode, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(CHECK.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
    return output;
  }
}
