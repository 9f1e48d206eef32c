package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.RunningUp.Up;
import io.aftersend.query.ApiConfig;
import io.aftersend.query.ApiService;
import io.aftersend.runtime.tenants.ApiKeys;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests two tenants whose campaigns, recipients, lists and mailboxes have the same ids, and
/// APIs over their rows; the same for all classes of a run. Whatever is only the second one's says
/// so.
final class TwoTenants implements ParameterResolver {
  static final String OURS = "as_" + "O".repeat(43);
  static final String INGEST_ONLY = "as_" + "N".repeat(43);
  static final String READ_ONLY = "as_" + "L".repeat(43);
  static final String THEIRS = "as_" + "E".repeat(43);

  /// In whatever text is only the second tenant's.
  static final String MARK = "foreign";

  private static final Namespace NAMESPACE = Namespace.create(TwoTenants.class);
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final String NO_ONE = "http://127.0.0.1:1";

  /// The APIs: one as it should be, one that lets a key ask once a second, one without a database.
  ///
  /// @param start of all events: a midnight in UTC, ten days ago
  record Apis(ApiService whole, ApiService strict, ApiService cutOff, Instant start)
      implements AutoCloseable {
    @Override
    public void close() {
      whole.close();
      strict.close();
      cutOff.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == Apis.class;
  }

  @Override
  public Apis resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    Up up = new RunningUp().resolveParameter(parameter, extension);
    return extension
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Apis.class, type -> start(up), Apis.class);
  }

  private static Apis start(Up up) {
    ReadyLine ready = up.process().ready();
    String clickHouse = ready.field("clickhouse");
    Apis apis =
        new Apis(
            api(ready, clickHouse, "1000000"),
            api(ready, clickHouse, "1"),
            api(ready, NO_ONE, "1000000"),
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(10)));
    fill(up, apis, "ours", OURS, "own");
    fill(up, apis, "theirs", THEIRS, MARK);
    return apis;
  }

  private static ApiService api(ReadyLine ready, String clickHouse, String requestsPerSecond) {
    Map<String, String> settings =
        Map.of(
            "AFTERSEND_API_WEBHOOK_ALLOWED_NETWORKS",
            "127.0.0.0/8",
            "AFTERSEND_API_PORT",
            "0",
            "AFTERSEND_API_MAX_REQUESTS_PER_KEY",
            requestsPerSecond,
            "AFTERSEND_API_MAX_BODY",
            "4KiB",
            "AFTERSEND_CLICKHOUSE_URL",
            clickHouse,
            "AFTERSEND_KAFKA_BOOTSTRAP",
            ready.field("kafka"));
    Tenants tenants = tenants();
    return ApiService.start(
        ApiConfig.from(settings),
        () -> tenants,
        new PrometheusRegistry(),
        URI.create("https://go.example"));
  }

  /// The second one has no signing key.
  private static Tenants tenants() {
    Instant now = Instant.EPOCH;
    SigningKeyEntry signing = new SigningKeyEntry("KEYKEY01", Secret.of(new byte[32]), true, now);
    Tenant ours =
        new Tenant(
            "contract-ours",
            "Asia/Baku",
            400,
            now,
            List.of(signing),
            List.of(
                ApiKeys.read(OURS).entry(EnumSet.allOf(Scope.class), now),
                ApiKeys.read(READ_ONLY).entry(Set.of(Scope.READ), now),
                ApiKeys.read(INGEST_ONLY).entry(Set.of(Scope.INGEST), now)));
    Tenant theirs =
        new Tenant(
            "contract-theirs",
            "UTC",
            400,
            now,
            List.of(),
            List.of(ApiKeys.read(THEIRS).entry(EnumSet.allOf(Scope.class), now)));
    return Tenants.of(Secret.of(new byte[32]), List.of(ours, theirs));
  }

  private static void fill(Up up, Apis apis, String name, String apiKey, String mark) {
    String api = apis.whole().url().toString();
    Instant start = apis.start();
    AftersendProcess tenant =
        AftersendProcess.start(
            up.directory(), up.settings(), "tenant", "add", "contract-" + name, "--json");
    assertThat(tenant.awaitEnd()).as(tenant.outputText()).isZero();
    ReadyLine ready = up.process().ready();
    String edgeKey = Client.json(tenant.outputText()).get("key").asText();
    Client sender = Client.of(ready.field("edge"), api, ready.field("clickhouse"), edgeKey);
    Client reader = Client.of(ready.field("edge"), api, ready.field("clickhouse"), apiKey);
    Await.untilAsserted(
        DEADLINE,
        () -> {
          sender.post(SharedIds.events(mark, start));
          return null;
        });
    String campaign =
        "{\"name\":\"%s\",\"subject\":\"%s\",\"labels\":[\"%s\"],\"cost\":10,\"currency\":\"AZN\"}"
            .formatted(mark, mark, mark);
    assertThat(reader.putCampaign("shared", campaign).statusCode()).isEqualTo(200);
    assertThat(reader.put("/lists/shared", "{\"name\":\"%s\"}".formatted(mark)).statusCode())
        .isEqualTo(200);
    ArrivedNumbers numbers = new ArrivedNumbers(reader, mark);
    int events = SharedIds.events(mark, start).size();
    Await.untilAsserted(
        DEADLINE,
        () -> {
          numbers.expectAll("contract-" + name, events);
          return null;
        });
  }
}
