package io.aftersend.standalone.stack;

import io.aftersend.edge.EdgeConfig;
import io.aftersend.edge.EdgeService;
import io.aftersend.embedded.clickhouse.ClickHouseServer;
import io.aftersend.embedded.kafka.EmbeddedKafka;
import io.aftersend.processor.ProcessorConfig;
import io.aftersend.processor.ProcessorService;
import io.aftersend.query.ApiConfig;
import io.aftersend.query.ApiService;
import io.aftersend.runtime.lifecycle.DirectoryLock;
import io.aftersend.runtime.tenants.TenantsFile;
import io.aftersend.runtime.tenants.TenantsWatcher;
import io.aftersend.standalone.access.LocalKey;
import io.aftersend.standalone.access.ReadyFields;
import io.aftersend.standalone.access.UpFile;
import io.aftersend.standalone.tenant.TenantAdministration;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One start of everything on one machine. For one thread, which starts others.
final class StackStart {
  private final StackConfig config;
  private final StartedParts parts;
  private final RunningStack.Progress progress;

  private @Nullable EmbeddedKafka kafka;
  private @Nullable ClickHouseServer clickHouse;

  StackStart(StackConfig config, StartedParts parts, RunningStack.Progress progress) {
    this.config = config;
    this.parts = parts;
    this.progress = progress;
  }

  RunningStack start() throws InterruptedException {
    Path dataDirectory =
        parts
            .add(Stage.DATA_DIRECTORY, DirectoryLock.acquire(config.embedded().dataDirectory()))
            .directory();
    PortCheck.require(config);
    progress.begin(dataDirectory);
    ProcessorConfig anyAddress = ProcessorConfig.from(config.valuesWith("none:1", "http://none:1"));
    TenantAdministration.Local local =
        new TenantAdministration(
                new TenantsFile(anyAddress.tenantsFile()),
                new SecureRandom(),
                InstantSource.system())
            .ensureLocal(new LocalKey(dataDirectory), anyAddress.retentionDays());
    TenantsWatcher tenants =
        parts.add(Stage.TENANTS, TenantsWatcher.start(anyAddress.tenantsFile()));

    Map<String, String> values = startBackends();
    return startServices(dataDirectory, local, tenants, values);
  }

  /// Kafka and ClickHouse side by side, with topics and tables.
  ///
  /// @return the values with their addresses
  private Map<String, String> startBackends() throws InterruptedException {
    String kafkaTitle = config.bootstrap() == null ? "Kafka" : "Kafka at " + config.bootstrap();
    String clickHouseTitle =
        config.clickHouseUrl() == null ? "ClickHouse" : "ClickHouse at " + config.clickHouseUrl();
    progress.step("starting " + kafkaTitle + " and " + clickHouseTitle);
    String[] addresses = new String[2];
    Together.run(
        "start-",
        () -> {
          addresses[0] = startKafka();
          Migrations.topics(processorConfig(addresses[0], "http://none:1").kafka());
          progress.step("Kafka is up: " + addresses[0]);
        },
        () -> {
          addresses[1] = startClickHouse();
          Migrations.tables(processorConfig("none:1", addresses[1]));
          progress.step("ClickHouse is up: " + addresses[1]);
        });
    return config.valuesWith(addresses[0], addresses[1]);
  }

  private ProcessorConfig processorConfig(String bootstrap, String clickHouseUrl) {
    return ProcessorConfig.from(config.valuesWith(bootstrap, clickHouseUrl));
  }

  private String startKafka() {
    if (config.bootstrap() != null) {
      return config.bootstrap();
    }
    EmbeddedKafka started = parts.add(Stage.KAFKA, Embedded.kafka(config.embedded()));
    kafka = started;
    return started.bootstrap();
  }

  private String startClickHouse() {
    if (config.clickHouseUrl() != null) {
      return config.clickHouseUrl();
    }
    ClickHouseServer started =
        parts.add(
            Stage.CLICKHOUSE,
            Embedded.clickHouse(config.embedded(), config.values(), progress.engine()));
    progress.engine().finish();
    clickHouse = started;
    return started.url();
  }

  private RunningStack startServices(
      Path dataDirectory,
      TenantAdministration.Local local,
      TenantsWatcher tenants,
      Map<String, String> values)
      throws InterruptedException {
    progress.step("starting edge, processor and API");
    ProcessorConfig processorConfig = ProcessorConfig.from(values);
    CompletableFuture<EdgeService> edge = new CompletableFuture<>();
    CompletableFuture<ApiService> api = new CompletableFuture<>();
    CompletableFuture<ProcessorService> processor = new CompletableFuture<>();
    Together.run(
        "start-",
        () -> {
          EdgeService started = startEdge(values, tenants);
          edge.complete(started);
          api.complete(startApi(values, tenants, started.url()));
        },
        () -> processor.complete(startProcessor(processorConfig, tenants)));

    URI tlsUrl = edge.join().tlsUrl();
    ReadyFields fields =
        new ReadyFields(
            edge.join().url().toString(),
            edge.join().adminUrl().toString(),
            api.join().url().toString(),
            processorConfig.sink().clickHouse().url().toString(),
            processorConfig.kafka().cluster().bootstrap(),
            local.tenant(),
            local.key().text(),
            processor.join().adminUrl().toString(),
            tlsUrl == null ? null : tlsUrl.toString());
    UpFile upFile = new UpFile(dataDirectory);
    upFile.write(fields);
    return new RunningStack(parts, fields, upFile, kafka, clickHouse, processor.join());
  }

  private EdgeService startEdge(Map<String, String> values, TenantsWatcher tenants) {
    EdgeService edge =
        EdgeService.start(EdgeConfig.from(values), tenants, new PrometheusRegistry());
    edge.health().addCheck("tenants", tenants::problem);
    return parts.add(Stage.EDGE, edge);
  }

  private ApiService startApi(Map<String, String> values, TenantsWatcher tenants, URI edgeUrl) {
    ApiService api =
        ApiService.start(ApiConfig.from(values), tenants, new PrometheusRegistry(), edgeUrl);
    api.health().addCheck("tenants", tenants::problem);
    return parts.add(Stage.API, api);
  }

  private ProcessorService startProcessor(ProcessorConfig processorConfig, TenantsWatcher tenants)
      throws InterruptedException {
    return parts.add(
        Stage.PROCESSOR,
        ProcessorService.start(processorConfig, tenants, new PrometheusRegistry()));
  }
}
