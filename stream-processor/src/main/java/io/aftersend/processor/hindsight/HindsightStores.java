package io.aftersend.processor.hindsight;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.MessageHits;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/// The stores of judging again: a few numbers for each hit of a message, in one value, and the hits
/// themselves, one key each, which are written once and read only when they go out again.
///
/// @param kept how long a hit can be judged again after it arrived
public record HindsightStores(Duration kept) {
  private static final String HITS = "message-hits";
  private static final String EVENTS = "hit-events";

  /// What makes the stores, always in the same order.
  public List<StoreBuilder<?>> builders() {
    return List.of(
        AgingStore.builder(HITS, kept, AvroSerde.of(MessageHits.class)),
        AgingStore.builder(EVENTS, kept, AvroSerde.of(JudgedEvent.class)));
  }

  /// Names of the stores, by which processors are connected to them.
  public List<String> names() {
    return List.of(HITS, EVENTS);
  }

  /// The judge of the task.
  public Hindsight hindsight(
      ProcessorContext<?, ?> context, RuleTable rules, HindsightMetrics metrics) {
    return new Hindsight(
        rules,
        new AgingStore<>(context.getStateStore(HITS), kept),
        new AgingStore<>(context.getStateStore(EVENTS), kept),
        kept,
        metrics);
  }
}
