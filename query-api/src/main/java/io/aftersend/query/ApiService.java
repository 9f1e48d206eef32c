package io.aftersend.query;

import io.aftersend.links.TargetUrls;
import io.aftersend.query.accounting.Accounting;
import io.aftersend.query.accounting.ClickHouseAccounting;
import io.aftersend.query.audience.Audience;
import io.aftersend.query.audience.ClickHouseAudience;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignTable;
import io.aftersend.query.campaign.CampaignUpdate;
import io.aftersend.query.campaign.ClickHouseCampaigns;
import io.aftersend.query.campaign.ClickHouseDistributions;
import io.aftersend.query.campaign.ClickHouseProfiles;
import io.aftersend.query.campaign.Distributions;
import io.aftersend.query.click.ClickHouseLinks;
import io.aftersend.query.click.LinkTable;
import io.aftersend.query.clickhouse.ClickHouse;
import io.aftersend.query.clickhouse.ClickHouseProbe;
import io.aftersend.query.conversion.ClickHouseConversions;
import io.aftersend.query.conversion.ConversionTotals;
import io.aftersend.query.dimension.ClickHouseDimensions;
import io.aftersend.query.dimension.DimensionTable;
import io.aftersend.query.heatmap.ClickHouseHeatmaps;
import io.aftersend.query.heatmap.ClickHouseMailboxHeatmaps;
import io.aftersend.query.heatmap.Heatmap;
import io.aftersend.query.heatmap.MailboxHeatmap;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.HttpServer;
import io.aftersend.query.http.RequestMetrics;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.Routes;
import io.aftersend.query.link.LinkSigning;
import io.aftersend.query.list.ClickHouseLists;
import io.aftersend.query.list.ListGrowth;
import io.aftersend.query.list.ListTable;
import io.aftersend.query.list.ListUpdate;
import io.aftersend.query.live.LiveFeed;
import io.aftersend.query.oidc.OidcSignIn;
import io.aftersend.query.people.ClickHousePeople;
import io.aftersend.query.people.PeopleAnswer;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.session.SessionCookie;
import io.aftersend.query.session.Sessions;
import io.aftersend.query.session.SignIn;
import io.aftersend.query.settings.KafkaSettings;
import io.aftersend.query.timeline.ClickHouseTimelines;
import io.aftersend.query.timeline.Timeline;
import io.aftersend.query.totals.ClickHouseTotals;
import io.aftersend.query.totals.Totals;
import io.aftersend.query.variant.ClickHouseVariants;
import io.aftersend.query.variant.Comparison;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.LifecycleState;
import io.aftersend.runtime.limit.KeyRate;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
  private final LiveFeed live;
  private final WebhookService webhooks;
  private final ClickHouse clickHouse;
  private final ClickHouseProbe probe;
  private final HttpServer server;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private ApiService(
      Health health,
      KafkaSettings publisher,
      LiveFeed live,
      WebhookService webhooks,
      ClickHouse clickHouse,
      ClickHouseProbe probe,
      HttpServer server) {
    this.health = health;
    this.publisher = publisher;
    this.live = live;
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
    ClickHouse clickHouse = new ClickHouse(config.clickHouse(), config.queryLimits(), registry);
    KafkaSettings publisher = KafkaSettings.start(config.kafka().cluster());
    Sessions sessions = new Sessions(tenants, clock, config.people().sessionLifetime());
    LiveFeed live =
        LiveFeed.start(
            config.kafka().cluster(),
            Topics.withPrefix(config.kafka().topicPrefix()).judgedEvents(),
            config.http().maxLiveReaders(),
            call -> isStillKnown(call, tenants.get(), sessions));
    WebhookService webhooks = WebhookService.start(config, publisher, registry, clock);
    ApiRoutes.Operations operations =
        operations(config, clickHouse, publisher, live, webhooks, tenants, clock, edgeUrl);
    List<Route> signIn = signIn(config.people(), sessions, tenants, clock);
    Routes routes =
        new Routes(
            ApiRoutes.of(operations, signIn, health, registry),
            tenants,
            sessions,
            new KeyRate(config.http().maxRequestsPerKey(), System::nanoTime),
            new RequestMetrics(registry));
    HttpServer server = listen(config, routes, webhooks, publisher);
    health.addCheck("clickhouse", clickHouse::problem);
    ClickHouseProbe probe = ClickHouseProbe.start(clickHouse);
    health.moveTo(LifecycleState.READY);
    log.info("The API answers at {}, over ClickHouse at {}", server.url(), config.clickHouse());
    return new ApiService(health, publisher, live, webhooks, clickHouse, probe, server);
  }

  private static ApiRoutes.Operations operations(
      ApiConfig config,
      ClickHouse clickHouse,
      KafkaSettings settings,
      LiveFeed live,
      WebhookService webhooks,
      Supplier<Tenants> tenants,
      InstantSource clock,
      URI edgeUrl) {
    Topics topics = Topics.withPrefix(config.kafka().topicPrefix());
    ClickHouseCampaigns campaigns = new ClickHouseCampaigns(clickHouse);
    ClickHouseHeatmaps heatmaps = new ClickHouseHeatmaps(clickHouse);
    ClickHouseLists lists = new ClickHouseLists(clickHouse);
    ClickHousePeople people = new ClickHousePeople(clickHouse);
    Distributions distributions =
        new Distributions(campaigns, new ClickHouseDistributions(clickHouse));
    PeriodReader periods = new PeriodReader(heatmaps::knowsZone, tenants, clock);
    long maxBodyBytes = config.http().maxBodyBytes();
    URI publicUrl = config.publicUrl() == null ? edgeUrl : config.publicUrl();
    return new ApiRoutes.Operations(
        new CampaignTable(campaigns, config.http().maxCsvRows()),
        new CampaignNumbers(campaigns, distributions),
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
        new MailboxHeatmap(
            new ClickHouseMailboxHeatmaps(clickHouse), periods, config.heatmapMinMessages()),
        new LinkTable(campaigns, new ClickHouseLinks(clickHouse), config.http().maxCsvRows()),
        DimensionTable.all(
            campaigns,
            new ClickHouseDimensions(clickHouse),
            config.http().maxCsvRows(),
            config.heatmapMinMessages()),
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
        new ListTable(lists, periods, config.http().maxCsvRows()),
        new ListGrowth(lists, periods),
        new ConversionTotals(new ClickHouseConversions(clickHouse)),
        live.pullFeed(),
        live,
        distributions,
        new Timeline(campaigns, new ClickHouseTimelines(clickHouse), periods),
        new Audience(campaigns, new ClickHouseAudience(clickHouse), config.http().maxCsvRows()),
        new Comparison(campaigns, new ClickHouseVariants(clickHouse)),
        new Totals(new ClickHouseTotals(clickHouse), periods, config.http().maxCsvRows()),
        new Accounting(new ClickHouseAccounting(clickHouse), tenants, config.http().maxCsvRows()),
        table -> new PeopleAnswer(table, people, periods, config.http().maxCsvRows()),
        webhooks.routes());
  }

  private static List<Route> signIn(
      ApiConfig.People people, Sessions sessions, Supplier<Tenants> tenants, InstantSource clock) {
    SessionCookie cookie = new SessionCookie(people.isSecure());
    OidcSignIn oidc =
        people.oidc() == null
            ? null
            : new OidcSignIn(people.oidc(), sessions, cookie, tenants, people.publicUrl(), clock);
    List<Route> routes = new ArrayList<>(new SignIn(sessions, cookie).routes());
    routes.addAll(OidcSignIn.routes(oidc));
    return routes;
  }

  /// Whether what let a call in would still do so.
  private static boolean isStillKnown(Call call, Tenants tenants, Sessions sessions) {
    if (call.request().header("authorization") == null) {
      return sessions.key(call.request()) != null;
    }
    ApiKey key = call.key();
    Tenant tenant = key == null ? null : tenants.tenant(key.tenant());
    return key != null
        && tenant != null
        && tenant.apiKeys().stream().anyMatch(entry -> entry.id().equals(key.id()));
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
      live.close();
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
