package io.aftersend.processor;

import io.aftersend.processor.attribution.AttributionMetrics;
import io.aftersend.processor.count.CountMetrics;
import io.aftersend.processor.count.RejudgementMetrics;
import io.aftersend.processor.enrich.Agents;
import io.aftersend.processor.enrich.EnrichMetrics;
import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.enrich.PlacesFiles;
import io.aftersend.processor.hindsight.HindsightMetrics;
import io.aftersend.processor.intake.IntakeMetrics;
import io.aftersend.processor.list.ListStageMetrics;
import io.aftersend.processor.sink.Sink;
import io.aftersend.processor.sink.SinkMetrics;
import io.aftersend.processor.sink.SinkPart;
import io.aftersend.processor.state.StoreMemory;
import io.aftersend.processor.state.StoreMetrics;
import io.aftersend.processor.verdict.RuleFile;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.runtime.admin.AdminServer;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.DirectoryLock;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.LifecycleState;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.schemas.migrate.MigrationException;
import io.aftersend.schemas.migrate.TopicMigrations;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running stream processor: the topology, the sink and the admin port. Safe for any thread.
public final class ProcessorService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProcessorService.class);

  private static final String SINK_GROUP = "aftersend-sink";

  private final ProcessorConfig config;
  private final Health health = new Health();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Runnable> onFailure = new AtomicReference<>();
  private @Nullable StreamsRunner runner;
  private @Nullable URI adminUrl;

  private ProcessorService(ProcessorConfig config) {
    this.config = config;
  }

  /// Brings topics and tables up to date and starts; returns when events are being counted.
  ///
  /// @param tenants the present tenants, for their retention; safe for any thread
  /// @param registry for the metrics of this service alone
  /// @throws StartupException where the rules are not as expected, Kafka or ClickHouse cannot be
  ///   used, or the port or the state directory is taken
  public static ProcessorService start(
      ProcessorConfig config, Supplier<Tenants> tenants, PrometheusRegistry registry)
      throws InterruptedException {
    ProcessorService service = new ProcessorService(config);
    try {
      service.startAll(tenants, registry);
      return service;
    } catch (RuntimeException | InterruptedException e) {
      service.close();
      throw e;
    }
  }

  private void startAll(Supplier<Tenants> tenants, PrometheusRegistry registry)
      throws InterruptedException {
    resources.push(DirectoryLock.acquire(config.streams().stateDirectory()));
    AdminServer admin =
        AdminServer.start(
            config.adminHost(),
            config.adminPort(),
            health,
            registry,
            ConfigKey.PROCESSOR_ADMIN_PORT);
    resources.push(admin);
    adminUrl = admin.url();
    RuleTable rules = RuleFile.read(config.rulesFile());
    Enrichment enrichment = startEnrichment(registry);
    Topics topics = Topics.withPrefix(config.kafka().topicPrefix());
    migrate(topics);
    String instanceId =
        InstanceId.ofDirectory(config.streams().stateDirectory(), new SecureRandom());
    if (config.sink().isPaused()) {
      log.warn("{} is paused: results stay in Kafka", ConfigKey.SINK.key());
    } else {
      startSinks(topics, instanceId, registry);
    }
    StreamsRunner streams = startStreams(topics, rules, instanceId, tenants, enrichment, registry);
    health.addCheck("streams", streams::problem);
    streams.awaitRunning();
    Throwable failure = streams.failure();
    if (failure != null) {
      throw new StartupException("the topology cannot run: " + failure.getMessage(), failure);
    }
    health.moveTo(LifecycleState.READY);
  }

  private void migrate(Topics topics) throws InterruptedException {
    try {
      TopicMigrations.run(config.kafka().cluster(), topics, config.kafka().partitions());
    } catch (MigrationException e) {
      throw new StartupException(
          e.getMessage() + "; is it up, and is " + ConfigKey.KAFKA_BOOTSTRAP.key() + " right?", e);
    }
    config.sink().clickHouse().migrate();
  }

  private void startSinks(Topics topics, String instanceId, PrometheusRegistry registry) {
    Sink.Identity identity =
        new Sink.Identity(
            config.kafka().cluster(), config.kafka().topicPrefix() + SINK_GROUP, instanceId);
    SinkMetrics metrics = new SinkMetrics(registry);
    for (SinkPart part : SinkPart.values()) {
      Sink sink = Sink.start(part, config.sink(), topics, identity, metrics, Clock.systemUTC());
      resources.push(sink);
      health.addCheck(sink.name(), sink::problem);
    }
  }

  private Enrichment startEnrichment(PrometheusRegistry registry) {
    EnrichMetrics metrics = new EnrichMetrics(registry);
    PlacesFiles places = PlacesFiles.start(config.placesFiles(), metrics);
    resources.push(places);
    return new Enrichment(Agents.load(metrics), places, metrics);
  }

  private StreamsRunner startStreams(
      Topics topics,
      RuleTable rules,
      String instanceId,
      Supplier<Tenants> tenants,
      Enrichment enrichment,
      PrometheusRegistry registry) {
    StoreMemory memory = new StoreMemory(config.streams().storeMemoryBytes());
    resources.push(memory);
    TopologySettings settings =
        new TopologySettings(
            config.streams().repeatHorizon(),
            config.streams().idsPerMessage(),
            config.streams().factsKept(),
            config.streams().flushInterval(),
            config.streams().hindsight(),
            config.streams().attributionWindow(),
            config.rateLimits(),
            rules);
    Topology topology =
        ProcessorTopology.build(
            settings,
            topics,
            retentionDays(tenants),
            enrichment,
            new IntakeMetrics(registry),
            new CountMetrics(registry),
            new RejudgementMetrics(registry),
            new HindsightMetrics(registry),
            new ListStageMetrics(registry),
            new AttributionMetrics(registry),
            new PeopleStages(settings, topics, zones(tenants), new PeopleMetrics(registry)));
    StreamsRunner streams =
        StreamsRunner.start(
            topology,
            StreamsSettings.of(config, instanceId, memory),
            new RunMarker(config.streams().stateDirectory()),
            Clock.systemUTC(),
            this::onStreamsFailure);
    resources.push(streams);
    StoreMetrics.register(registry, streams::metrics);
    runner = streams;
    return streams;
  }

  private ToIntFunction<String> retentionDays(Supplier<Tenants> tenants) {
    return id -> {
      Tenant tenant = tenants.get().tenant(id);
      return tenant == null ? config.retentionDays() : tenant.retentionDays();
    };
  }

  /// Each tenant's zone, in which its days begin; UTC where the tenant is not known any more.
  private static Function<String, ZoneId> zones(Supplier<Tenants> tenants) {
    return id -> {
      Tenant tenant = tenants.get().tenant(id);
      return tenant == null ? ZoneOffset.UTC : ZoneId.of(tenant.timeZone());
    };
  }

  private void onStreamsFailure() {
    ended.countDown();
    Runnable action = onFailure.get();
    if (action != null) {
      action.run();
    }
  }

  /// Has `action` called, once, when the topology ends for good; at once when it has already.
  public void onFailure(Runnable action) {
    onFailure.set(action);
    if (ended.getCount() == 0) {
      action.run();
    }
  }

  /// What ended the topology for good, in one line; null while it runs or was stopped.
  public @Nullable String failure() {
    StreamsRunner streams = runner;
    Throwable failure = streams == null ? null : streams.failure();
    return failure == null ? null : "the topology ended: " + failure.getMessage();
  }

  /// Base URL of health and metrics, without slash at its end.
  public URI adminUrl() {
    URI url = adminUrl;
    if (url == null) {
      throw new IllegalStateException("expected a started service");
    }
    return url;
  }

  /// The state and checks of this service.
  public Health health() {
    return health;
  }

  /// Stops everything, the last started first. Further calls do nothing.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    health.moveTo(LifecycleState.DRAINING);
    while (!resources.isEmpty()) {
      AutoCloseable resource = resources.pop();
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("{} did not close well", resource.getClass().getSimpleName(), e);
      }
    }
    health.moveTo(LifecycleState.STOPPED);
  }
}
