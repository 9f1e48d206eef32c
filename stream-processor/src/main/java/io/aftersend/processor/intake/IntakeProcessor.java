package io.aftersend.processor.intake;

import io.aftersend.processor.accounting.LaneLedger;
import io.aftersend.processor.accounting.LedgerStores;
import io.aftersend.processor.deadletter.DeadLetters;
import io.aftersend.processor.deadletter.Place;
import io.aftersend.processor.deadletter.Unusable;
import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.JudgedEvent;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Adapts [Intake] to Kafka Streams: forwards a [JudgedEvent] under its event key, or a
/// [DeadLetter] under the record's place, which the lane's book then has as dropped.
public final class IntakeProcessor
    extends ContextualProcessor<byte[], byte[], String, SpecificRecord> {
  private final Intake intake;
  private final IntakeMetrics metrics;
  private final LedgerStores stores;
  private @Nullable LaneLedger ledger;

  public IntakeProcessor(Intake intake, IntakeMetrics metrics, LedgerStores stores) {
    this.intake = intake;
    this.metrics = metrics;
    this.stores = stores;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    super.init(context);
    ledger = stores.ledger(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    metrics.onRecord();
    switch (intake.take(record.key(), record.value())) {
      case Intake.Usable(String key, JudgedEvent event) -> {
        metrics.onVerdict(event.getVerdict(), event.getReasons().getFirst());
        context().forward(record.withKey(key).withValue(event));
      }
      case Intake.SetAside setAside -> setAside(record, setAside);
    }
  }

  private void setAside(Record<byte[], byte[]> record, Intake.SetAside setAside) {
    LaneLedger book = Initialised.of(ledger);
    Unusable unusable = setAside.unusable();
    metrics.onDeadLetter(unusable.reason());
    book.drop(setAside.position(), unusable.reason().wireName(), context().currentStreamTimeMs());
    Place place = place();
    DeadLetter letter =
        DeadLetters.of(
            place, unusable, record.key(), record.value(), context().currentSystemTimeMs());
    context().forward(record.withKey(place.toString()).withValue(letter));
  }

  private Place place() {
    RecordMetadata metadata =
        context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record from a topic has metadata"));
    return new Place(metadata.topic(), metadata.partition(), metadata.offset());
  }
}
