package io.aftersend.standalone.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aftersend.links.SigningKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.ApiKeys;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.runtime.tenants.TenantsFile;
import io.aftersend.standalone.CommandLineRun;
import io.aftersend.standalone.access.LocalKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantCommandsTest {
  @TempDir private Path directory;
  private TenantsFile file;
  private CommandLineRun program;

  @BeforeEach
  void makeProgram() {
    file = new TenantsFile(directory.resolve("tenants.json"));
    program = new CommandLineRun(directory);
  }

  private JsonNode json(String... args) throws IOException {
    assertThat(program.run(args)).as(program.err()).isZero();
    return new JsonMapper().readTree(program.out());
  }

  private Tenant tenant(String id) {
    return Objects.requireNonNull(file.read().tenant(id));
  }

  @Test
  void tenantIsAddedWithAKeyOfAllScopesAndADerivedSigningKey() throws IOException {
    JsonNode added =
        json(
            "tenant",
            "add",
            "acme",
            "--time-zone",
            "Asia/Baku",
            "--retention-days",
            "30",
            "--json");

    Tenants tenants = file.read();
    Tenant tenant = tenant("acme");
    assertThat(tenant.timeZone()).isEqualTo("Asia/Baku");
    assertThat(tenant.retentionDays()).isEqualTo(30);
    ApiKey key = Objects.requireNonNull(tenants.apiKey(added.path("key").asText()));
    assertThat(key).isEqualTo(new ApiKey("acme", added.path("key_id").asText(), key.scopes()));
    assertThat(key.scopes()).containsExactlyInAnyOrder(Scope.INGEST, Scope.READ, Scope.ADMIN);
    SigningKeyEntry signing = tenant.signingKeys().getFirst();
    assertThat(signing.id()).isEqualTo(added.path("signing_key").asText());
    assertThat(signing.active()).isTrue();
    assertThat(signing.secret().bytes())
        .isEqualTo(
            SigningKey.derive(tenants.master().bytes(), "acme", signing.id()).copyOfSecret());
  }

  @Test
  void keyIsPrintedOnceAndNeverStored() throws IOException {
    String key = json("tenant", "add", "acme", "--json").path("key").asText();

    assertThat(Files.readString(file.path())).doesNotContain(key);
    assertThat(program.run("key", "list")).isZero();
    assertThat(program.out()).contains("acme").doesNotContain(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void sameTenantAgainIsRefusedAndChangesNothing() throws IOException {
    assertThat(program.run("tenant", "add", "acme")).isZero();
    String before = Files.readString(file.path());

    assertThat(program.run("tenant", "add", "acme")).isEqualTo(1);
    assertThat(program.err()).contains("exists already");
    assertThat(Files.readString(file.path())).isEqualTo(before);
  }

  @Test
  void tenantsAreListed() throws IOException {
    assertThat(program.run("tenant", "list")).isZero();
    program.run("tenant", "add", "acme");
    program.run("tenant", "add", "bolt");

    JsonNode list = json("tenant", "list", "--json");
    assertThat(list.findValuesAsText("tenant")).containsExactly("acme", "bolt");
    assertThat(list.get(0).path("time_zone").asText()).isEqualTo("UTC");
    assertThat(list.get(0).path("retention_days").asInt()).isEqualTo(400);
  }

  @Test
  void keyHasTheScopesAskedForUntilItIsRevoked() throws IOException {
    program.run("tenant", "add", "acme");

    JsonNode added = json("key", "add", "--scope", "read", "--scope", "ingest", "--json");

    String text = added.path("key").asText();
    ApiKey key = Objects.requireNonNull(file.read().apiKey(text));
    assertThat(key.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.INGEST);
    assertThat(program.run("key", "revoke", added.path("key_id").asText())).isZero();
    assertThat(file.read().apiKey(text)).isNull();
  }

  @Test
  void tenantOfAKeyMustBeSaidWhereThereAreSeveral() {
    program.run("tenant", "add", "acme");
    program.run("tenant", "add", "bolt");

    assertThat(program.run("key", "add", "--scope", "read")).isEqualTo(1);
    assertThat(program.err()).contains("--tenant");
    assertThat(program.run("key", "add", "--scope", "read", "--tenant", "bolt")).isZero();
    assertThat(tenant("bolt").apiKeys()).hasSize(2);
  }

  @Test
  void newSigningKeySignsAndTheFormerOnesGoOnToVerify() throws IOException {
    String first = json("tenant", "add", "acme", "--json").path("signing_key").asText();

    String second = json("key", "add", "--signing", "--json").path("signing_key").asText();

    Tenant tenant = tenant("acme");
    assertThat(Objects.requireNonNull(tenant.activeSigningKey()).id()).isEqualTo(second);
    assertThat(tenant.signingKeys()).extracting(SigningKeyEntry::id).containsExactly(first, second);
    assertThat(json("key", "list", "--signing", "--json").findValuesAsText("active"))
        .containsExactly("false", "true");
  }

  @Test
  void onlyASigningKeyThatNoLongerSignsCanBeRevoked() throws IOException {
    String first = json("tenant", "add", "acme", "--json").path("signing_key").asText();

    assertThat(program.run("key", "revoke", "--signing", first)).isEqualTo(1);
    assertThat(program.err()).contains("key add --signing");
    program.run("key", "add", "--signing");
    assertThat(program.run("key", "revoke", "--signing", first)).isZero();
    assertThat(tenant("acme").signingKeys()).extracting(SigningKeyEntry::id).doesNotContain(first);
  }

  @Test
  void firstUpMakesATenantAndAKeyThatStayTheSame() throws IOException {
    LocalKey localKey = new LocalKey(directory);

    TenantAdministration.Local first = administration(1).ensureLocal(localKey, 30);
    TenantAdministration.Local second = administration(2).ensureLocal(localKey, 30);

    assertThat(second).isEqualTo(first);
    assertThat(first.tenant()).isEqualTo("default");
    Path clear = directory.resolve("local-key");
    assertThat(clear).hasContent(first.key().text() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(clear)))
        .isEqualTo("rw-------");
    ApiKey key = Objects.requireNonNull(file.read().apiKey(first.key().text()));
    assertThat(key.scopes()).containsExactlyInAnyOrder(Scope.values());
  }

  @Test
  void localKeyGetsTheScopesThatItLacks() {
    LocalKey localKey = new LocalKey(directory);
    ApiKeys.Drawn key = administration(1).ensureLocal(localKey, 30).key();
    file.update(
        before ->
            before
                .withoutApiKey("default", key.id())
                .withApiKey("default", key.entry(Scope.ofTenant(), Instant.EPOCH)));

    assertThat(administration(2).ensureLocal(localKey, 30).key()).isEqualTo(key);
    ApiKey widened = Objects.requireNonNull(file.read().apiKey(key.text()));
    assertThat(widened.scopes()).containsExactlyInAnyOrder(Scope.values());
  }

  @Test
  void upWorksForTheTenantThatIsThere() {
    program.run("tenant", "add", "acme");

    TenantAdministration.Local local = administration(1).ensureLocal(new LocalKey(directory), 30);

    assertThat(local.tenant()).isEqualTo("acme");
    assertThat(file.read().tenants()).hasSize(1);
  }

  @Test
  void revokedLocalKeyIsNotRevived() {
    LocalKey localKey = new LocalKey(directory);
    TenantAdministration.Local first = administration(1).ensureLocal(localKey, 30);
    program.run("key", "revoke", first.key().id());

    TenantAdministration.Local second = administration(2).ensureLocal(localKey, 30);

    assertThat(second.key()).isNotEqualTo(first.key());
    assertThat(file.read().apiKey(first.key().text())).isNull();
    assertThat(file.read().apiKey(second.key().text())).isNotNull();
  }

  @Test
  void localKeyThatIsNoKeyIsTold() throws IOException {
    Files.writeString(directory.resolve("local-key"), "hello");

    assertThatThrownBy(() -> administration(1).ensureLocal(new LocalKey(directory), 30))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("local-key")
        .hasMessageNotContaining("hello");
  }

  private TenantAdministration administration(long seed) {
    return new TenantAdministration(file, new Random(100 + seed), InstantSource.system());
  }
}
