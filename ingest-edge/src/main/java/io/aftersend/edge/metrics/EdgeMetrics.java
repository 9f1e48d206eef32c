package io.aftersend.edge.metrics;

import io.aftersend.edge.http.AnswerTimes;
import io.aftersend.edge.http.HttpEvents;
import io.aftersend.links.Endpoint;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that the edge counts. Safe for any thread.
public final class EdgeMetrics implements HttpEvents {
  private static final Logger log = LoggerFactory.getLogger(EdgeMetrics.class);

  /// What became of a hit.
  public enum HitOutcome {
    /// Its event was taken.
    RECORDED,
    /// Its token's tracking mode forbids to record it.
    NOT_TRACKED,
    /// Its token was refused.
    REJECTED,
    /// It was answered, but there was no room for its event.
    LOST,
    /// It was refused since its event could not be made durable (unsubscribing alone).
    NOT_DURABLE
  }

  /// What became of a POST of events.
  public enum PostOutcome {
    ACCEPTED,
    /// The request itself was wrong: key, media type, size, syntax.
    REFUSED,
    /// The key has used up its requests for now.
    LIMITED,
    /// No room, or the body came when all workers were busy.
    BUSY,
    /// Kafka did not acknowledge in time.
    NOT_DURABLE
  }

  private final HitMetrics hits;
  private final AnswerSeconds answerSeconds = new AnswerSeconds();
  private final Map<PostOutcome, CounterDataPoint> posts = new EnumMap<>(PostOutcome.class);
  private final Map<CloseReason, CounterDataPoint> closes = new EnumMap<>(CloseReason.class);
  private final Counter refusals;
  private final Counter failures;
  private final Counter droppedParameters;
  private final Counter acceptedEvents;
  private final Counter rejectedEvents;
  private final Counter networkReloads;
  private final Counter certificateReloads;
  private final PrometheusRegistry registry;

  /// @param registry gets all metrics; one edge per registry
  public EdgeMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    hits = new HitMetrics(registry);
    registry.register(answerSeconds);
    Counter postCounter = counter("posts", "Requests to post events.", "outcome");
    posts.putAll(points(PostOutcome.class, outcome -> postCounter.labelValues(name(outcome))));
    Counter closeCounter =
        counter("connections_closed", "Connections that the edge closed unserved.", "reason");
    closes.putAll(points(CloseReason.class, reason -> closeCounter.labelValues(name(reason))));
    refusals = counter("requests_refused", "Requests that broke HTTP or a limit.", "status");
    failures = counter("failures", "Requests that failed by a defect of the edge.");
    droppedParameters =
        counter(
            "parameters_dropped",
            "Query parameters of conversions that were left out of the event.",
            "parameter",
            "reason");
    acceptedEvents = counter("events_accepted", "Posted events that became durable.");
    rejectedEvents = counter("events_rejected", "Posted events that were rejected.", "field");
    networkReloads = counter("networks_reloads", "Changes of the networks file.", "result");
    certificateReloads = counter("tls_reloads", "Changes of certificates while serving.", "result");
  }

  private interface PointOf<E> {
    CounterDataPoint of(E label);
  }

  private static <E extends Enum<E>> Map<E, CounterDataPoint> points(
      Class<E> labels, PointOf<E> pointOf) {
    Map<E, CounterDataPoint> points = new EnumMap<>(labels);
    for (E label : labels.getEnumConstants()) {
      points.put(label, pointOf.of(label));
    }
    return points;
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name("aftersend_edge_" + name + "_total")
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  /// Shows a number that is asked for at every scrape.
  public void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name("aftersend_edge_" + name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }

  /// Shows a number that only grows and is asked for at every scrape.
  public void counter(String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name("aftersend_edge_" + name + "_total")
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void increment(Map<?, CounterDataPoint> points, Enum<?> label) {
    CounterDataPoint point = points.get(label);
    if (point != null) {
      point.inc();
    }
  }

  /// The counts of one more event loop, for that loop alone.
  public HitCounts hitCounts() {
    return hits.newPart();
  }

  @Override
  public AnswerTimes answerTimes() {
    return answerSeconds.newPart();
  }

  /// Counts a hit whose outcome was not clear before its event loop had gone on.
  public void hit(Endpoint endpoint, HitOutcome outcome) {
    hits.hit(endpoint, outcome);
  }

  public void post(PostOutcome outcome) {
    increment(posts, outcome);
  }

  public void parameterDropped(String parameter, String reason) {
    droppedParameters.labelValues(parameter, reason).inc();
  }

  public void eventsAccepted(int count) {
    acceptedEvents.inc(count);
  }

  /// Counts a rejected element of a post.
  ///
  /// @param field one of the known fields, or a word for what else was wrong: never a client's own
  public void eventRejected(String field) {
    rejectedEvents.labelValues(field).inc();
  }

  public void networksReloaded(boolean isUsable) {
    networkReloads.labelValues(isUsable ? "loaded" : "failed").inc();
  }

  public void certificateReloaded(boolean isUsable) {
    certificateReloads.labelValues(isUsable ? "loaded" : "failed").inc();
  }

  @Override
  public void refused(int status) {
    refusals.labelValues(Integer.toString(status)).inc();
  }

  @Override
  public void closed(CloseReason reason) {
    increment(closes, reason);
  }

  @Override
  public void failed(Throwable defect) {
    failures.inc();
    log.error("A request failed", defect);
  }
}
