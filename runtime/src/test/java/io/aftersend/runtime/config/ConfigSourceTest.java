package io.aftersend.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
  @TempDir Path directory;

  @Test
  void environmentWinsOverTheFile() throws IOException {
    Path file = file("AFTERSEND_EDGE_PORT=1\nAFTERSEND_API_PORT=2\n");

    assertThat(ConfigSource.load(Map.of("AFTERSEND_EDGE_PORT", "3", "PATH", "/bin"), file))
        .isEqualTo(Map.of("AFTERSEND_EDGE_PORT", "3", "AFTERSEND_API_PORT", "2"));
  }

  @Test
  void needsNoFile() {
    assertThat(ConfigSource.load(Map.of("AFTERSEND_TENANT", "t"), null))
        .isEqualTo(Map.of("AFTERSEND_TENANT", "t"));
  }

  @Test
  void readsTheFileAsUtf8WithoutWhiteSpaceAroundValues() throws IOException {
    Path file = file("AFTERSEND_DATA_DIR = /srv/داده \t\n");

    assertThat(ConfigSource.load(Map.of(), file))
        .isEqualTo(Map.of("AFTERSEND_DATA_DIR", "/srv/داده"));
  }

  @Test
  void keepsUnknownKeysOfOursForTheReaderToReport() throws IOException {
    Map<String, String> values = ConfigSource.load(Map.of(), file("AFTERSEND_EDGE_PROT=1\n"));

    assertThatThrownBy(ConfigReader.of(values)::throwIfInvalid)
        .hasMessageContaining("did you mean AFTERSEND_EDGE_PORT?");
  }

  @Test
  void refusesOurKeysWithoutTheirPrefix() throws IOException {
    Path file = file("edge.port=1\nAPI_PORT=2\nsomething.else=3\n");

    assertThatThrownBy(() -> ConfigSource.load(Map.of(), file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file
                + ": unknown key API_PORT: did you mean AFTERSEND_API_PORT?\n"
                + file
                + ": unknown key edge.port: did you mean AFTERSEND_EDGE_PORT?");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path file = directory.resolve("none.properties");

    assertThatThrownBy(() -> ConfigSource.load(Map.of(), file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": expected a properties file, there is no such file");
  }

  @Test
  void namesAFileWithBrokenSyntax() throws IOException {
    Path file = file("AFTERSEND_TENANT=\\u12\n");

    assertThatThrownBy(() -> ConfigSource.load(Map.of(), file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ": expected the syntax of a properties file");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("aftersend.properties"), content);
  }
}
