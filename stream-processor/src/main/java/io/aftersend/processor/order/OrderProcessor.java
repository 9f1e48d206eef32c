package io.aftersend.processor.order;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.schemas.event.JudgedEvent;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/// Gives each order to the first conversion that claims it and marks the others as not counted.
/// Forwards all of them under their event keys. A repeat of the winner stays the winner: repeats
/// are dropped where events are counted.
public final class OrderProcessor
    extends ContextualProcessor<String, JudgedEvent, String, JudgedEvent> {
  private static final String STORE = "orders";

  private final Duration horizon;
  private @Nullable AgingStore<String> winners;

  /// @param horizon how long an order is remembered at least
  public OrderProcessor(Duration horizon) {
    this.horizon = horizon;
  }

  /// What makes the store.
  public static StoreBuilder<WindowStore<String, String>> store(Duration horizon) {
    return AgingStore.builder(STORE, horizon, Serdes.String());
  }

  @Override
  public void init(ProcessorContext<String, JudgedEvent> context) {
    super.init(context);
    winners = new AgingStore<>(context.getStateStore(STORE), horizon);
  }

  @Override
  public void process(Record<String, JudgedEvent> record) {
    AgingStore<String> store = winners;
    if (store == null) {
      throw new IllegalStateException("expected init() before the first record");
    }
    JudgedEvent event = record.value();
    String eventKey = OrderClaims.eventKey(event);
    String claimant = eventKey + "|" + event.getEventId();
    long nowMs = context().currentStreamTimeMs();
    String winner = store.get(record.key(), nowMs);
    if (winner == null) {
      store.put(record.key(), claimant, nowMs);
    } else if (!winner.equals(claimant)) {
      event.setCounted(false);
    }
    context().forward(record.withKey(eventKey).withValue(event));
  }
}
