package io.aftersend.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.links.TargetUrls;
import io.aftersend.query.accounting.Accounting;
import io.aftersend.query.accounting.FakeAccounting;
import io.aftersend.query.audience.Audience;
import io.aftersend.query.audience.AudienceReadModel.Part;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignTable;
import io.aftersend.query.campaign.CampaignUpdate;
import io.aftersend.query.campaign.Distributions;
import io.aftersend.query.campaign.FakeCampaigns;
import io.aftersend.query.campaign.FakeDistributions;
import io.aftersend.query.campaign.FakePublisher;
import io.aftersend.query.click.FakeLinks;
import io.aftersend.query.click.LinkTable;
import io.aftersend.query.conversion.ConversionTotals;
import io.aftersend.query.conversion.FakeConversions;
import io.aftersend.query.dimension.DimensionTable;
import io.aftersend.query.dimension.FakeDimensions;
import io.aftersend.query.heatmap.FakeHeatmaps;
import io.aftersend.query.heatmap.FakeMailboxHeatmaps;
import io.aftersend.query.heatmap.Heatmap;
import io.aftersend.query.heatmap.MailboxHeatmap;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.Routes;
import io.aftersend.query.link.LinkSigning;
import io.aftersend.query.list.FakeLists;
import io.aftersend.query.list.ListGrowth;
import io.aftersend.query.list.ListTable;
import io.aftersend.query.list.ListUpdate;
import io.aftersend.query.live.LiveFeed;
import io.aftersend.query.people.FakePeople;
import io.aftersend.query.people.PeopleAnswer;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.session.SessionCookie;
import io.aftersend.query.session.Sessions;
import io.aftersend.query.session.SignIn;
import io.aftersend.query.timeline.FakeTimelines;
import io.aftersend.query.timeline.Timeline;
import io.aftersend.query.totals.FakeTotals;
import io.aftersend.query.totals.Totals;
import io.aftersend.query.variant.Arm;
import io.aftersend.query.variant.Comparison;
import io.aftersend.query.webhook.WebhookRoutes;
import io.aftersend.query.webhook.delivery.Courier;
import io.aftersend.query.webhook.receiver.AddressRules;
import io.aftersend.query.webhook.receiver.Receiver;
import io.aftersend.query.webhook.receiver.Targets;
import io.aftersend.query.webhook.store.FakeWebhooks;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.limit.KeyRate;
import io.aftersend.runtime.tenants.ApiKeys;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The whole API over fakes: two tenants, `ours` in Baku and `theirs`.
public final class TestApi {
  public static final String ALL_SCOPES = "as_" + "A".repeat(43);
  public static final String READ = "as_" + "R".repeat(43);
  public static final String INGEST = "as_" + "I".repeat(43);
  public static final String THEIRS = "as_" + "T".repeat(43);
  public static final String SIGNING_KEY_ID = "KEYKEY01";
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  public static final int MAX_BODY_BYTES = 10_000;
  public static final int MAX_CSV_ROWS = 500;
  private static final int MIN_MESSAGES = 5;
  public static final int MAX_REQUESTS_PER_KEY = 1_000;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  public final FakeCampaigns campaigns = new FakeCampaigns();
  public final FakePublisher publisher = new FakePublisher();
  public final FakeHeatmaps heatmaps = new FakeHeatmaps();
  public final FakeMailboxHeatmaps mailboxHeatmaps = new FakeMailboxHeatmaps();
  public final FakeLinks links = new FakeLinks();
  public final FakeDimensions dimensions = new FakeDimensions();
  public final FakeConversions conversions = new FakeConversions();
  public final FakePeople people = new FakePeople();
  public final FakeTimelines timelines = new FakeTimelines();
  public final FakeDistributions distributions = new FakeDistributions();
  public final FakeTotals totals = new FakeTotals();
  public final FakeAccounting lanes = new FakeAccounting();
  public final List<Arm> arms = new ArrayList<>();
  public final FakeLists lists = new FakeLists();
  public final LiveFeed live =
      LiveFeed.start(
          KafkaCluster.at("localhost:1"), Topics.withPrefix("").judgedEvents(), 2, call -> true);
  public final AtomicLong nanoTime = new AtomicLong();
  public final FakeWebhooks webhooks = new FakeWebhooks();

  /// Names of the test are public addresses; loopback is an exception of the operator.
  public final Targets webhookTargets =
      new Targets(AddressRules.allowing(List.of("127.0.0.0/8")), FakeWebhooks::resolve);

  public final Health health = new Health();
  public final List<String> observed = new ArrayList<>();
  public final List<Route> table = new ArrayList<>();
  public Tenants tenants = tenants();
  public Instant now = NOW;
  private final InstantSource clock = () -> now;
  private final Sessions sessions = new Sessions(() -> tenants, clock, Duration.ofHours(12));
  public final Routes routes = routes();

  private Routes routes() {
    ApiRoutes.Operations operations =
        new ApiRoutes.Operations(
            new CampaignTable(campaigns, MAX_CSV_ROWS),
            new CampaignNumbers(campaigns, new Distributions(campaigns, distributions)),
            new CampaignUpdate(campaigns, publisher, () -> NOW, MAX_BODY_BYTES),
            new Heatmap(campaigns, heatmaps, () -> tenants, MIN_MESSAGES),
            new MailboxHeatmap(mailboxHeatmaps, periods(), MIN_MESSAGES),
            new LinkTable(campaigns, links, MAX_CSV_ROWS),
            DimensionTable.all(campaigns, dimensions, MAX_CSV_ROWS, MIN_MESSAGES),
            new LinkSigning(
                () -> tenants,
                URI.create("https://go.example.com"),
                TargetUrls.standard(),
                () -> NOW,
                MAX_BODY_BYTES),
            new ListUpdate(lists, lists, () -> NOW, MAX_BODY_BYTES),
            new ListTable(lists, periods(), MAX_CSV_ROWS),
            new ListGrowth(lists, periods()),
            new ConversionTotals(conversions),
            live.pullFeed(),
            live,
            new Distributions(campaigns, distributions),
            new Timeline(campaigns, timelines, periods()),
            new Audience(campaigns, question -> new Part(List.of(), null), MAX_CSV_ROWS),
            new Comparison(
                campaigns, (tenant, campaign, limit) -> tenant.equals("ours") ? arms : List.of()),
            new Totals(totals, periods(), MAX_CSV_ROWS),
            new Accounting(lanes, () -> tenants, MAX_CSV_ROWS),
            table -> new PeopleAnswer(table, people, periods(), MAX_CSV_ROWS),
            WebhookRoutes.of(
                webhooks,
                webhookTargets,
                new Courier(Receiver.of(webhookTargets), () -> NOW),
                () -> NOW,
                new Random(1),
                new WebhookRoutes.Limits(MAX_BODY_BYTES, MAX_CSV_ROWS)));
    List<Route> signIn = new SignIn(sessions, new SessionCookie(false)).routes();
    table.addAll(ApiRoutes.of(operations, signIn, health, new PrometheusRegistry()));
    return new Routes(
        table,
        () -> tenants,
        sessions,
        new KeyRate(MAX_REQUESTS_PER_KEY, nanoTime::get),
        (template, method, status, elapsedNs) ->
            observed.add(method + " " + template + " " + status));
  }

  private PeriodReader periods() {
    return new PeriodReader(heatmaps::knowsZone, () -> tenants, () -> NOW);
  }

  private static Tenants tenants() {
    SigningKeyEntry key = new SigningKeyEntry(SIGNING_KEY_ID, Secret.of(new byte[32]), true, NOW);
    Tenant ours =
        new Tenant(
            "ours",
            "Asia/Baku",
            400,
            NOW,
            List.of(key),
            List.of(
                ApiKeys.read(ALL_SCOPES).entry(EnumSet.allOf(Scope.class), NOW),
                ApiKeys.read(READ).entry(Set.of(Scope.READ), NOW),
                ApiKeys.read(INGEST).entry(Set.of(Scope.INGEST), NOW)));
    Tenant theirs =
        new Tenant(
            "theirs",
            "UTC",
            400,
            NOW,
            List.of(),
            List.of(ApiKeys.read(THEIRS).entry(EnumSet.allOf(Scope.class), NOW)));
    return Tenants.of(Secret.of(new byte[32]), List.of(ours, theirs));
  }

  public Answer get(String target) {
    return get(ALL_SCOPES, target);
  }

  public Answer get(String key, String target) {
    return send("GET", target, Map.of("authorization", "Bearer " + key), "");
  }

  public Answer getCsv(String target) {
    return send(
        "GET", target, Map.of("authorization", "Bearer " + ALL_SCOPES, "accept", "text/csv"), "");
  }

  public Answer put(String target, String body) {
    return send("PUT", target, jsonHeaders(ALL_SCOPES), body);
  }

  public Answer post(String key, String target, String body) {
    return send("POST", target, jsonHeaders(key), body);
  }

  public static Map<String, String> jsonHeaders(String key) {
    return Map.of("authorization", "Bearer " + key, "content-type", "application/json");
  }

  public Answer send(String method, String target, Map<String, String> headers, String body) {
    int question = target.indexOf('?');
    return routes.answer(
        new ApiRequest(
            method,
            question < 0 ? target : target.substring(0, question),
            question < 0 ? "" : target.substring(question + 1),
            new HashMap<>(headers),
            () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
  }

  public static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  public static JsonNode json(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(text(answer), e);
    }
  }

  /// The parameters that a problem names, in its order.
  public static List<String> wrong(Answer answer) {
    JsonNode problem = json(answer);
    List<String> names = new ArrayList<>();
    problem.path("errors").forEach(error -> names.add(error.path("parameter").asText()));
    return names.isEmpty() && problem.has("parameter")
        ? List.of(problem.path("parameter").asText())
        : names;
  }
}
