package io.aftersend.runtime.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.runtime.lifecycle.ChildJvm;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantsFileTest {
  private static final int UPDATES = 25;

  @TempDir Path directory;

  private Path path = Path.of("");
  private TenantsFile file = new TenantsFile(path);

  @BeforeEach
  void nameFile() {
    path = directory.resolve("data").resolve("tenants.json");
    file = new TenantsFile(path);
  }

  @Test
  void givesBackWhatWasWritten() {
    file.update(before -> Examples.two());

    assertThat(file.read()).isEqualTo(Examples.two());
    assertThat(file.read().master()).isEqualTo(Examples.MASTER);
  }

  @Test
  void readsTheDocumentedForm() throws IOException {
    write(text());
    Tenants tenants = file.read();

    assertThat(tenants.master().bytes()).containsOnly(0).hasSize(32);
    Tenant acme = tenants.tenants().getFirst();
    assertThat(acme.timeZone()).isEqualTo("Asia/Tehran");
    assertThat(acme.retentionDays()).isEqualTo(30);
    assertThat(acme.signingKeys().getFirst().secret().bytes()).containsExactly(1, 2, 3);
    assertThat(acme.apiKeys().getFirst().scopes()).containsExactly(Scope.INGEST, Scope.ADMIN);
  }

  @Test
  void firstUpdateMakesTheFileWithAMasterOfItsOwn() throws IOException {
    assertThat(file.exists()).isFalse();
    Tenants made = file.update(before -> before);

    assertThat(file.exists()).isTrue();
    assertThat(made.tenants()).isEmpty();
    assertThat(file.read().master()).isEqualTo(made.master());
    Path other = directory.resolve("other.json");
    assertThat(new TenantsFile(other).update(before -> before).master())
        .isNotEqualTo(made.master());
    assertThat(mode(path)).isEqualTo("rw-------");
  }

  @Test
  void updateKeepsTheMasterAndClosesTheFileToOthers() throws IOException {
    Tenants made = file.update(before -> before);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    file.update(before -> before.withTenant(Examples.tenant("acme")));

    assertThat(file.read().master()).isEqualTo(made.master());
    assertThat(mode(path)).isEqualTo("rw-------");
    try (var files = Files.list(path.resolveSibling(""))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("tenants.json", "tenants.json.lock");
    }
  }

  @Test
  void failedChangeLeavesTheFileAsItWas() throws IOException {
    file.update(before -> Examples.two());
    byte[] before = Files.readAllBytes(path);

    assertThatThrownBy(() -> file.update(tenants -> tenants.withoutApiKey("acme", "nothere1")))
        .isInstanceOf(StartupException.class);
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }

  @Test
  void linkStaysALink() throws IOException {
    Path target = directory.resolve("mounted.json");
    new TenantsFile(target).update(before -> before);
    Files.createDirectories(path.resolveSibling(""));
    Files.createSymbolicLink(path, target);
    file.update(before -> before.withTenant(Examples.tenant("acme")));

    assertThat(Files.isSymbolicLink(path)).isTrue();
    assertThat(new TenantsFile(target).read().tenant("acme")).isNotNull();
  }

  @Test
  void threadsThatUpdateAtOnceLoseNothing() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      threads.add(Thread.ofPlatform().start(() -> addTenants(path, name)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(file.read().tenants()).hasSize(4 * UPDATES);
  }

  @Test
  void processesThatUpdateAtOnceLoseNothing() throws Exception {
    try (ChildJvm first = ChildJvm.start(Adder.class, path.toString(), "a");
        ChildJvm second = ChildJvm.start(Adder.class, path.toString(), "b")) {
      assertThat(first.exitCode()).isZero();
      assertThat(second.exitCode()).isZero();
    }

    assertThat(file.read().tenants())
        .extracting(Tenant::id)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, UPDATES)
                .boxed()
                .flatMap(i -> List.of("a" + i, "b" + i).stream())
                .toList());
  }

  @Test
  void saysHowToMakeAFileThatIsNotThere() {
    assertThatThrownBy(file::read)
        .isInstanceOf(TenantsFileException.class)
        .hasMessage(path + ": there is no such file: make it with `aftersend tenant add`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version":1       | "version":2         | $.version: expected version 1, got 2
          "version":1       | "version":"1"       | $.version: expected a whole number
          "version":1,      | ``                  | $.version: expected this field, it is missing
          "version":1       | "version":1,"x":0   | $: expected only the fields version, master, tenants, got "x"
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" | "AAAA" | $.master: expected 32 bytes, got 3
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" | "A*" | $.master: expected standard base64
          "id":"acme"       | "id":"a b"          | $.tenants[0].id: expected 1 to 64 characters of A-Z a-z 0-9 . _ ~ -, got "a b"
          "id":"acme"       | "id":7              | $.tenants[0].id: expected a string
          Asia/Tehran       | Asia/Teheran        | $.tenants[0].time_zone: expected a time zone of the IANA database, such as Asia/Tehran, got "Asia/Teheran"
          "retention_days":30 | "retention_days":0 | $.tenants[0].retention_days: expected from 1 to 18250 days, got 0
          "retention_days":30 | "retention_days":1.5 | $.tenants[0].retention_days: expected a whole number
          "id":"sign-AB_"   | "id":"sign"         | $.tenants[0].signing_keys[0].id: expected 8 base64url characters, got "sign"
          "AQID"            | "AQ*D"              | $.tenants[0].signing_keys[0].secret: expected standard base64
          "AQID"            | ""                  | $.tenants[0].signing_keys[0].secret: expected standard base64
          "active":true     | "active":"yes"      | $.tenants[0].signing_keys[0].active: expected true or false
          "active":true     | "active":false      | $.tenants[0]: expected exactly one active signing key, got 0
          2026-05-02T00:00:00Z | yesterday        | $.tenants[0].signing_keys[0].created: expected an instant such as 2026-05-01T12:00:00Z
          "ingest","admin"  | "ingest","write"    | $.tenants[0].api_keys[0].scopes[1]: expected ingest, read or admin, got "write"
          "ingest","admin"  | ``                  | $.tenants[0].api_keys[0].scopes: expected at least one scope, got none
          "api_keys":[{     | "api_keys":[5,{     | $.tenants[0].api_keys[0]: expected an object
          eeee"             | eeeE"               | $.tenants[0].api_keys[0].hash: expected SHA-256 as 64 lower-case hexadecimal digits, got "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeE"
          "id":"acme",      | "id":"acme","id":"b", | line 5, column 20: expected one JSON object without repeated fields
          ]}]}              | ]}]}}               | line 12, column 6: expected one JSON object without repeated fields
          """)
  void namesThePlaceOfWhatIsNotAsExpected(String right, String wrong, String problem)
      throws IOException {
    assertThat(text()).contains(right);
    write(text().replace(right, wrong));

    assertThatThrownBy(file::read)
        .isInstanceOf(TenantsFileException.class)
        .hasMessage(path + ": " + problem);
  }

  @Test
  void brokenFileIsNotOverwritten() throws IOException {
    write("{");

    assertThatThrownBy(() -> file.update(before -> Examples.two()))
        .isInstanceOf(TenantsFileException.class);
    assertThat(path).hasContent("{");
  }

  private static String text() {
    return """
        {"version":1,
         "master":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
         "tenants":[
          {
           "id":"acme",
           "time_zone":"Asia/Tehran","retention_days":30,"created":"2026-05-01T12:00:00Z",
           "signing_keys":[
            {"id":"sign-AB_","secret":"AQID","active":true,"created":"2026-05-02T00:00:00Z"}],
           "api_keys":[{
            "id":"12345678","hash":"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
            "scopes":["ingest","admin"],"created":"2026-05-02T00:00:00Z"
        }]}]}
        """;
  }

  private void write(String content) throws IOException {
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, content);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void addTenants(Path path, String name) {
    TenantsFile file = new TenantsFile(path);
    for (int i = 0; i < UPDATES; i++) {
      Tenant tenant = Examples.tenant(name + i);
      file.update(before -> before.withTenant(tenant));
    }
  }

  /// Adds tenants, one update each.
  static final class Adder {
    public static void main(String[] arguments) {
      addTenants(Path.of(arguments[0]), arguments[1]);
    }
  }
}
