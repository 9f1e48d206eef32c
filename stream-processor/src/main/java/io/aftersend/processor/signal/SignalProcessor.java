package io.aftersend.processor.signal;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.verdict.Judgement;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.state.SignalFacts;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Adapts [PersonSignals] to Kafka Streams: keeps the facts of each person, and forwards a signal
/// that was not raised before under its id. Takes events under [PersonEvents#key], without repeats.
///
/// That a signal was raised is kept in the transaction that raises it, so that neither a crash nor
/// a repeat raises it again. A hit that changed rules judge anew after its time of hindsight is no
/// news, and raises none.
public final class SignalProcessor
    extends ContextualProcessor<String, PersonEvent, String, Signal> {
  private static final String FACTS = "signal-facts";
  private static final String RAISED = "raised-signals";

  /// How long a person's facts are kept after the last event: as long as events may be dated back.
  private static final Duration FACTS_KEPT = Duration.ofDays(400);

  /// The clocks of the stage that judges and of this one may differ by that much.
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Function<String, ZoneId> zones;
  private final Duration judging;
  private final Duration raisedKept;
  private final SignalMetrics metrics;
  private @Nullable AgingStore<SignalFacts> facts;
  private @Nullable AgingStore<Long> raised;

  /// @param zones the zone of a tenant; safe for any thread
  /// @param hindsight how long hits can be judged again after they arrived
  /// @param repeatHorizon how long it is known that a signal was raised
  public SignalProcessor(
      Function<String, ZoneId> zones,
      Duration hindsight,
      Duration repeatHorizon,
      SignalMetrics metrics) {
    this.zones = zones;
    this.judging = hindsight.plus(MARGIN);
    this.raisedKept = repeatHorizon;
    this.metrics = metrics;
  }

  /// What makes the stores.
  public static List<StoreBuilder<?>> stores(Duration repeatHorizon) {
    return List.of(
        AgingStore.builder(FACTS, FACTS_KEPT, AvroSerde.of(SignalFacts.class)),
        AgingStore.builder(RAISED, repeatHorizon, Serdes.Long()));
  }

  @Override
  public void init(ProcessorContext<String, Signal> context) {
    super.init(context);
    facts = new AgingStore<>(context.getStateStore(FACTS), FACTS_KEPT);
    raised = new AgingStore<>(context.getStateStore(RAISED), raisedKept);
  }

  @Override
  public void process(Record<String, PersonEvent> record) {
    AgingStore<SignalFacts> store = Initialised.of(facts);
    PersonEvent event = record.value();
    long nowMs = context().currentStreamTimeMs();
    SignalFacts known = store.get(record.key(), nowMs);
    PersonSignals outcome =
        PersonSignals.of(
            known == null ? SignalHits.none() : known, event, zones.apply(event.getTenant()));
    if (outcome.facts() != null) {
      store.put(record.key(), outcome.facts(), nowMs);
    }
    if (isNews(event, nowMs)) {
      for (Signal signal : outcome.signals()) {
        raise(record, signal, nowMs);
      }
    }
  }

  private boolean isNews(PersonEvent event, long nowMs) {
    return event.getRevision() <= Judgement.FIRST_REVISION
        || event.getIngestTime() >= nowMs - judging.toMillis();
  }

  private void raise(Record<String, PersonEvent> record, Signal signal, long nowMs) {
    AgingStore<Long> store = Initialised.of(raised);
    if (store.get(signal.getSignalId(), nowMs) == null) {
      store.put(signal.getSignalId(), nowMs, nowMs);
      metrics.onRaised(signal);
      context().forward(record.withKey(signal.getSignalId()).withValue(signal));
    }
  }
}
