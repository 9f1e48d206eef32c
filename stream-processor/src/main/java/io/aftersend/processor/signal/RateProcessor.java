package io.aftersend.processor.signal;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.state.RateAlerts;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/// Raises a signal for a campaign whose complaints or bounces reach a limit, once for each level
/// and day of ingest, and on later days only when there are more of them. Takes the metrics of
/// whole campaigns under one key each.
public final class RateProcessor
    extends ContextualProcessor<String, CampaignMetrics, String, Signal> {
  private static final String STORE = "rate-alerts";

  /// How long it is known what was told of a campaign without news.
  private static final Duration KEPT = Duration.ofDays(400);

  private final RateLimits limits;
  private final Function<String, ZoneId> zones;
  private final SignalMetrics metrics;
  private @Nullable AgingStore<RateAlerts> store;

  /// @param zones the zone of a tenant; safe for any thread
  public RateProcessor(RateLimits limits, Function<String, ZoneId> zones, SignalMetrics metrics) {
    this.limits = limits;
    this.zones = zones;
    this.metrics = metrics;
  }

  /// What makes the store.
  public static StoreBuilder<WindowStore<String, RateAlerts>> store() {
    return AgingStore.builder(STORE, KEPT, AvroSerde.of(RateAlerts.class));
  }

  @Override
  public void init(ProcessorContext<String, Signal> context) {
    super.init(context);
    store = new AgingStore<>(context.getStateStore(STORE), KEPT);
  }

  @Override
  public void process(Record<String, CampaignMetrics> record) {
    AgingStore<RateAlerts> alerts = Initialised.of(store);
    long nowMs = context().currentStreamTimeMs();
    RateAlerts known = alerts.get(record.key(), nowMs);
    RateAlerts after = copy(known);
    for (RateAlarm alarm : RateAlarm.of(record.value(), limits)) {
      String kind = alarm.kind().wireName();
      boolean isNews =
          alarm.level() > after.getLevels().getOrDefault(kind, 0)
              || alarm.numerator() > after.getSeen().getOrDefault(kind, 0L);
      if (alarm.level() > 0 && isNews) {
        raise(record, alarm, after);
      }
      if (alarm.numerator() > 0) {
        after.getSeen().put(kind, alarm.numerator());
        after.getLevels().put(kind, alarm.level());
      }
    }
    if (!after.equals(known)) {
      alerts.put(record.key(), after, nowMs);
    }
  }

  private void raise(Record<String, CampaignMetrics> record, RateAlarm alarm, RateAlerts alerts) {
    CampaignMetrics campaign = record.value();
    ZoneId zone = zones.apply(campaign.getTenant());
    Instant now = Instant.ofEpochMilli(record.timestamp());
    LocalDate day = LocalDate.ofInstant(now, zone);
    String kind = alarm.kind().wireName();
    Integer last =
        alerts.getRaised().put(kind + "|" + alarm.levelName(), Math.toIntExact(day.toEpochDay()));
    if (last != null && last == day.toEpochDay()) {
      return;
    }
    Signal signal =
        new Signal(
            String.join(
                "|",
                campaign.getTenant(),
                kind,
                "c:" + campaign.getCampaign(),
                alarm.levelName(),
                day.toString()),
            campaign.getTenant(),
            kind,
            alarm.levelName(),
            campaign.getCampaign(),
            null,
            null,
            day,
            now,
            now,
            null,
            alarm.numerator(),
            alarm.denominator());
    metrics.onRaised(signal);
    context().forward(record.withKey(signal.getSignalId()).withValue(signal));
  }

  private static RateAlerts copy(@Nullable RateAlerts alerts) {
    return alerts == null
        ? new RateAlerts(new HashMap<>(), new HashMap<>(), new HashMap<>())
        : new RateAlerts(
            new HashMap<>(alerts.getSeen()),
            new HashMap<>(alerts.getLevels()),
            new HashMap<>(alerts.getRaised()));
  }
}
