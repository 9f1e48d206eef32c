package io.aftersend.query;

import io.aftersend.links.TargetUrls;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignTable;
import io.aftersend.query.campaign.CampaignUpdate;
import io.aftersend.query.campaign.ClickHouseCampaigns;
import io.aftersend.query.campaign.ClickHouseProfiles;
import io.aftersend.query.click.ClickHouseLinks;
import io.aftersend.query.click.LinkTable;
import io.aftersend.query.clickhouse.ClickHouse;
import io.aftersend.query.clickhouse.ClickHouseProbe;
import io.aftersend.query.conversion.ClickHouseConversions;
import io.aftersend.query.conversion.ConversionTotals;
import io.aftersend.query.dimension.ClickHouseDimensions;
import io.aftersend.query.dimension.DimensionTable;
import io.aftersend.query.heatmap.ClickHouseHeatmaps;
import io.aftersend.query.heatmap.Heatmap;
import io.aftersend.query.http.HttpServer;
import io.aftersend.query.http.RequestMetrics;
import io.aftersend.query.http.Routes;
import io.aftersend.query.link.LinkSigning;
import io.aftersend.query.list.ClickHouseLists;
import io.aftersend.query.list.ListGrowth;
import io.aftersend.query.list.ListUpdate;
import io.aftersend.query.people.ClickHousePeople;
import io.aftersend.query.people.PeopleAnswer;
import io.aftersend.query.settings.KafkaSettings;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.LifecycleState;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running API service. It starts, and answers what it can, while ClickHouse and Kafka are
/// away.
public final class ApiService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiService.class);

  private final Health health;
  private final KafkaSettings publisher;
  private final WebhookService webhooks;
  private final ClickHouse clickHouse;
  private final ClickHouseProbe probe;
  private final HttpServer server;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private ApiService(
      Health health,
      KafkaSettings publisher,
      WebhookService webhooks,
      ClickHouse clickHouse,
      ClickHouseProbe probe,
      HttpServer server) {
    this.health = health;
    this.publisher = publisher;
    this.webhooks = webhooks;
    this.clickHouse = clickHouse;
    this.probe = probe;
    this.server = server;
  }

  /// Starts the service.
  ///
  /// @param tenants asked for every request
  /// @param registry gets the service's metrics, and is shown at `/metrics`
  /// @param edgeUrl base of tracked URLs where the configuration has no public URL
  /// @throws io.aftersend.runtime.lifecycle.StartupException when the port cannot be had, or
  ///   Kafka's hosts are unknown
  public static ApiService start(
      ApiConfig config, Supplier<Tenants> tenants, PrometheusRegistry registry, URI edgeUrl) {
    InstantSource clock = InstantSource.system();
    Health health = new Health();
    ClickHouse clickHouse = new ClickHouse(config.clickHouse(), config.queryTimeout(), registry);
    KafkaSettings publisher = KafkaSettings.start(config.kafka().bootstrap());
    WebhookService webhooks = WebhookService.start(config, publisher, registry, clock);
    ApiRoutes.Operations operations =
        operations(config, clickHouse, publisher, webhooks, tenants, clock, edgeUrl);
    Routes routes =
        new Routes(
            ApiRoutes.of(operations, health, registry), tenants, new RequestMetrics(registry));
    HttpServer server = listen(config, routes, webhooks, publisher);
    health.addCheck("clickhouse", clickHouse::problem);
    ClickHouseProbe probe = ClickHouseProbe.start(clickHouse);
    health.moveTo(LifecycleState.READY);
    log.info("The API answers at {}, over ClickHouse at {}", server.url(), config.clickHouse());
    return new ApiService(health, publisher, webhooks, clickHouse, probe, server);
  }

  private static ApiRoutes.Operations operations(
      ApiConfig config,
      ClickHouse clickHouse,
      KafkaSettings settings,
      WebhookService webhooks,
      Supplier<Tenants> tenants,
      InstantSource clock,
      URI edgeUrl) {
    Topics topics = Topics.withPrefix(config.kafka().topicPrefix());
    ClickHouseCampaigns campaigns = new ClickHouseCampaigns(clickHouse);
    ClickHouseHeatmaps heatmaps = new ClickHouseHeatmaps(clickHouse);
    ClickHouseLists lists = new ClickHouseLists(clickHouse);
    ClickHousePeople people = new ClickHousePeople(clickHouse);
    long maxBodyBytes = config.http().maxBodyBytes();
    URI publicUrl = config.publicUrl() == null ? edgeUrl : config.publicUrl();
    return new ApiRoutes.Operations(
        new CampaignTable(campaigns, config.http().maxCsvRows()),
        new CampaignNumbers(campaigns),
        new CampaignUpdate(
            new ClickHouseProfiles(clickHouse),
            (record, timestampMs) ->
                settings.publish(
                    topics.campaigns(),
                    record.getTenant() + "|" + record.getCampaign(),
                    record,
                    timestampMs),
            clock,
            maxBodyBytes),
        new Heatmap(campaigns, heatmaps, tenants, config.heatmapMinMessages()),
        new LinkTable(campaigns, new ClickHouseLinks(clickHouse), config.http().maxCsvRows()),
        DimensionTable.all(
            campaigns, new ClickHouseDimensions(clickHouse), config.http().maxCsvRows()),
        new LinkSigning(
            tenants, publicUrl, TargetUrls.withSchemes(config.clickSchemes()), clock, maxBodyBytes),
        new ListUpdate(
            lists,
            (record, timestampMs) ->
                settings.publish(
                    topics.lists(),
                    record.getTenant() + "|" + record.getList(),
                    record,
                    timestampMs),
            clock,
            maxBodyBytes),
        new ListGrowth(lists, heatmaps::knowsZone, tenants, clock),
        new ConversionTotals(new ClickHouseConversions(clickHouse)),
        table -> new PeopleAnswer(table, people, config.http().maxCsvRows()),
        webhooks.routes());
  }

  private static HttpServer listen(
      ApiConfig config, Routes routes, WebhookService webhooks, KafkaSettings publisher) {
    try {
      return HttpServer.start(config.http().host(), config.http().port(), routes);
    } catch (RuntimeException e) {
      webhooks.close();
      publisher.close();
      throw e;
    }
  }

  /// Where the API and the dashboard are, without slash at its end.
  public URI url() {
    return server.url();
  }

  /// What the service knows about its own state.
  public Health health() {
    return health;
  }

  /// Stops: open requests get some seconds. Further calls do nothing.
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      long startNs = System.nanoTime();
      health.moveTo(LifecycleState.DRAINING);
      server.close();
      probe.close();
      webhooks.close();
      publisher.close();
      clickHouse.close();
      health.moveTo(LifecycleState.STOPPED);
      log.info("The API stopped within {} ms", (System.nanoTime() - startNs) / 1_000_000);
    }
  }
}
