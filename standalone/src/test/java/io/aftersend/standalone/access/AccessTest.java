package io.aftersend.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final ReadyFields FIELDS =
      new ReadyFields(
          "http://e:1",
          "http://a:2",
          "http://q:3",
          "http://c:4",
          "k:5",
          "t",
          "secret",
          "http://p:6",
          null);

  @TempDir private Path directory;

  private Access access(Map<String, String> more) {
    Map<String, String> values = new java.util.HashMap<>(more);
    values.put("AFTERSEND_DATA_DIR", directory.toString());
    return Access.of(values);
  }

  @Test
  void readyLineHasTheContractsFieldsInOrder() {
    assertThat(FIELDS.line())
        .isEqualTo(
            "READY edge=http://e:1 admin=http://a:2 api=http://q:3 clickhouse=http://c:4 kafka=k:5"
                + " tenant=t key=secret processor=http://p:6");
    ReadyFields withTls =
        new ReadyFields("e", "a", "q", "c", "k", "t", "s", "p", "https://127.0.0.1:8443");
    assertThat(withTls.line()).endsWith(" processor=p tls=https://127.0.0.1:8443");
  }

  @Test
  void upFileHoldsTheFieldsForItsOwnerAlone() throws IOException {
    UpFile file = new UpFile(directory);
    file.write(FIELDS);
    file.write(FIELDS);

    assertThat(file.read()).isEqualTo(FIELDS);
    assertThat(new JsonMapper().readTree(file.path().toFile()).path("processor").asText())
        .isEqualTo("http://p:6");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    file.remove();
    assertThat(directory).isEmptyDirectory();
    file.remove();
  }

  @Test
  void addressesTenantAndKeyComeFromTheUpFile() {
    new UpFile(directory).write(FIELDS);

    Access access = access(Map.of());

    assertThat(access.edgeUrl()).isEqualTo("http://e:1");
    assertThat(access.apiUrl()).isEqualTo("http://q:3");
    assertThat(access.tenantOrNull()).isEqualTo("t");
    assertThat(access.key()).isEqualTo("secret");
    assertThat(access.isKeyGiven()).isFalse();
    assertThat(access.toString()).doesNotContain("secret");
  }

  @Test
  void configurationWinsOverTheUpFile() {
    new UpFile(directory).write(FIELDS);

    Access access =
        access(
            Map.of(
                "AFTERSEND_API_URL", "https://api.example.com/",
                "AFTERSEND_KEY", "other"));

    assertThat(access.apiUrl()).isEqualTo("https://api.example.com");
    assertThat(access.key()).isEqualTo("other");
    assertThat(access.isKeyGiven()).isTrue();
    assertThat(access.edgeUrl()).isEqualTo("http://e:1");
  }

  @Test
  void whatIsMissingIsToldWithWhatToDo() {
    Access access = access(Map.of("AFTERSEND_EDGE_URL", "http://e:1"));

    assertThat(access.edgeUrl()).isEqualTo("http://e:1");
    assertThatThrownBy(access::apiUrl)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("aftersend up")
        .hasMessageContaining("AFTERSEND_API_URL");
  }

  @Test
  void brokenUpFileIsToldWithoutItsContent() throws IOException {
    Files.writeString(directory.resolve("up.json"), "{\"key\": \"secret\"");

    assertThatThrownBy(() -> access(Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("up.json")
        .hasMessageNotContaining("secret");
  }
}
