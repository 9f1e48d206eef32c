package io.aftersend.processor.order;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.OrderTaken;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
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
///
/// A conversion that names its recipient only is counted where it is attributed. Its recipient has
/// the order until a conversion comes that names its campaign or message; whoever has it not is
/// told by an [OrderTaken].
public final class OrderProcessor
    extends ContextualProcessor<String, JudgedEvent, String, SpecificRecord> {
  private static final String STORE = "orders";

  /// Before the recipient who has an order. No event key begins so.
  private static final String OPEN = "~";

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
  public void init(ProcessorContext<String, SpecificRecord> context) {
    super.init(context);
    winners = new AgingStore<>(context.getStateStore(STORE), horizon);
  }

  @Override
  public void process(Record<String, JudgedEvent> record) {
    JudgedEvent event = record.value();
    String eventKey = EventKey.of(event);
    if (OrderClaims.isOpen(event)) {
      claimOpenly(record);
    } else if (!claim(record, eventKey + "|" + event.getEventId())) {
      event.setCounted(false);
    }
    context().forward(record.withKey(eventKey).withValue(event));
  }

  /// Whether the claimant has the order now.
  private boolean claim(Record<String, JudgedEvent> record, String claimant) {
    String winner = winner(record.key());
    if (winner != null && !winner.startsWith(OPEN)) {
      return winner.equals(claimant);
    }
    give(record.key(), claimant);
    if (winner != null) {
      tell(record, winner.substring(OPEN.length()));
    }
    return true;
  }

  private void claimOpenly(Record<String, JudgedEvent> record) {
    String recipient = record.value().getRecipient();
    String winner = winner(record.key());
    if (winner == null) {
      give(record.key(), OPEN + recipient);
    } else if (!winner.equals(OPEN + recipient)) {
      tell(record, recipient);
    }
  }

  private @Nullable String winner(String order) {
    return Initialised.of(winners).get(order, context().currentStreamTimeMs());
  }

  private void give(String order, String claimant) {
    Initialised.of(winners).put(order, claimant, context().currentStreamTimeMs());
  }

  private void tell(Record<String, JudgedEvent> record, String recipient) {
    JudgedEvent event = record.value();
    OrderTaken taken = new OrderTaken(event.getTenant(), recipient, event.getOrder());
    context().forward(record.withValue(taken));
  }
}
