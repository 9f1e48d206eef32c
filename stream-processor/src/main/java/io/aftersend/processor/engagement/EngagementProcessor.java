package io.aftersend.processor.engagement;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.state.RecipientFacts;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/// Adapts [Engagement] to Kafka Streams: keeps the facts of each recipient and forwards the row
/// that changes, as a new version. Takes events under [PersonEvents#key], without repeats; those
/// that name no recipient pass by.
public final class EngagementProcessor
    extends ContextualProcessor<String, PersonEvent, String, RecipientEngagement> {
  private static final String STORE = "recipient-facts";

  /// How long a recipient's facts are kept after the last event: as long as events may be dated
  /// back. Who was forgotten begins anew.
  private static final Duration KEPT = Duration.ofDays(400);

  /// The clocks of the stage that judges and of this one may differ by that much.
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Duration judging;
  private @Nullable AgingStore<RecipientFacts> store;

  /// @param hindsight how long hits can be judged again after they arrived
  public EngagementProcessor(Duration hindsight) {
    this.judging = hindsight.plus(MARGIN);
  }

  /// What makes the store.
  public static StoreBuilder<WindowStore<String, RecipientFacts>> store() {
    return AgingStore.builder(STORE, KEPT, AvroSerde.of(RecipientFacts.class));
  }

  @Override
  public void init(ProcessorContext<String, RecipientEngagement> context) {
    super.init(context);
    store = new AgingStore<>(context.getStateStore(STORE), KEPT);
  }

  @Override
  public void process(Record<String, PersonEvent> record) {
    AgingStore<RecipientFacts> facts = Initialised.of(store);
    PersonEvent event = record.value();
    if (event.getRecipient() == null) {
      return;
    }
    long nowMs = context().currentStreamTimeMs();
    RecipientFacts known = facts.get(record.key(), nowMs);
    RecipientFacts after =
        Engagement.with(known == null ? Engagement.none() : known, event, nowMs, judging);
    if (after == null) {
      return;
    }
    facts.put(record.key(), after, nowMs);
    String key = event.getTenant() + "|" + event.getRecipient();
    context()
        .forward(
            record
                .withKey(key)
                .withValue(EngagementRow.of(event.getTenant(), event.getRecipient(), after)));
  }
}
