package io.aftersend.processor.attribution;

import io.aftersend.processor.count.Slice;
import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.ConversionAttribution;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.state.KnownConversion;
import io.aftersend.schemas.state.OrderTaken;
import io.aftersend.schemas.state.RecipientActs;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/// Adapts [Attribution] to Kafka Streams: keeps the acts of each recipient and forwards what
/// changes, a [CampaignSums] for each campaign whose counts do and a [ConversionAttribution] for
/// each conversion whose decision does. Takes [JudgedEvent]s, and [OrderTaken]s of the orders that
/// are not the recipient's to count, under keys of [AttributionEvents].
public final class AttributionProcessor
    extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {
  private static final String STORE = "recipient-acts";

  /// How long a recipient's acts are kept after the last one: as long as events may be dated back.
  private static final Duration KEPT = Duration.ofDays(400);

  private final Duration window;
  private final AttributionMetrics metrics;
  private @Nullable AgingStore<RecipientActs> store;

  /// @param window how long before a conversion its click may lie
  public AttributionProcessor(Duration window, AttributionMetrics metrics) {
    this.window = window;
    this.metrics = metrics;
  }

  /// What makes the store.
  public static StoreBuilder<WindowStore<String, RecipientActs>> store() {
    return AgingStore.builder(STORE, KEPT, AvroSerde.of(RecipientActs.class));
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    super.init(context);
    store = new AgingStore<>(context.getStateStore(STORE), KEPT);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    AgingStore<RecipientActs> acts = Initialised.of(store);
    long nowMs = context().currentStreamTimeMs();
    RecipientActs known = acts.get(record.key(), nowMs);
    RecipientActs before = known == null ? Acts.none() : known;
    RecipientActs learnt = learn(before, record.value());
    if (learnt == null) {
      return;
    }
    RecipientActs after = Attribution.decided(learnt, window);
    acts.put(record.key(), after, nowMs);
    Owner owner = Owner.of(record.value());
    forwardShares(record, owner, before, after);
    forwardDecisions(record, owner, before, after);
  }

  private @Nullable RecipientActs learn(RecipientActs before, SpecificRecord news) {
    return switch (news) {
      case OrderTaken taken -> Acts.withTakenOrder(before, taken.getOrder());
      case JudgedEvent event when Acts.isFull(before, event) -> {
        metrics.onOverflow();
        yield null;
      }
      case JudgedEvent event -> Acts.with(before, event);
      default -> throw new IllegalArgumentException("expected an event or an order, got " + news);
    };
  }

  /// Whose acts they are.
  private record Owner(String tenant, String recipient) {
    static Owner of(SpecificRecord news) {
      return news instanceof OrderTaken taken
          ? new Owner(taken.getTenant(), taken.getRecipient())
          : of((JudgedEvent) news);
    }

    private static Owner of(JudgedEvent event) {
      return new Owner(event.getTenant(), event.getRecipient());
    }
  }

  private void forwardShares(
      Record<String, SpecificRecord> record,
      Owner owner,
      RecipientActs before,
      RecipientActs after) {
    CampaignShares shares = new CampaignShares(owner.tenant());
    shares.add(before, -1);
    shares.add(after, 1);
    for (CampaignSums change : shares.changes()) {
      String key = Slice.of(change).topicKey(owner.tenant(), change.getCampaign());
      context().forward(record.withKey(key).withValue(change));
    }
  }

  private void forwardDecisions(
      Record<String, SpecificRecord> record,
      Owner owner,
      RecipientActs before,
      RecipientActs after) {
    Map<String, Long> versions = new HashMap<>();
    before.getConversions().forEach(known -> versions.put(known.getId(), known.getVersion()));
    for (KnownConversion conversion : after.getConversions()) {
      if (conversion.getVersion() > versions.getOrDefault(conversion.getId(), 0L)) {
        metrics.onDecision(String.valueOf(conversion.getOutcome()));
        ConversionAttribution row = row(owner, conversion);
        String key = row.getTenant() + "|" + row.getRecipient() + "|" + row.getEventId();
        context().forward(record.withKey(key).withValue(row));
      }
    }
  }

  private static ConversionAttribution row(Owner owner, KnownConversion conversion) {
    Long clickTimeMs = conversion.getClickTime();
    return new ConversionAttribution(
        owner.tenant(),
        owner.recipient(),
        conversion.getEventId(),
        Instant.ofEpochMilli(conversion.getTime()),
        conversion.getOutcome(),
        conversion.getCampaign(),
        conversion.getMessage(),
        clickTimeMs == null ? null : Instant.ofEpochMilli(clickTimeMs),
        conversion.getOrder(),
        conversion.getValue(),
        conversion.getCurrency(),
        conversion.getVersion());
  }
}
