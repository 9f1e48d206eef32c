package io.aftersend.processor.intake;

import io.aftersend.processor.deadletter.DeadLetters;
import io.aftersend.processor.deadletter.Place;
import io.aftersend.processor.deadletter.Unusable;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.JudgedEvent;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Adapts [Intake] to Kafka Streams: forwards a [JudgedEvent] under its event key, or a
/// [DeadLetter] under the record's place.
public final class IntakeProcessor
    extends ContextualProcessor<byte[], byte[], String, SpecificRecord> {
  private final Intake intake;
  private final IntakeMetrics metrics;

  public IntakeProcessor(Intake intake, IntakeMetrics metrics) {
    this.intake = intake;
    this.metrics = metrics;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    metrics.onRecord();
    switch (intake.take(record.key(), record.value())) {
      case Intake.Usable(String key, JudgedEvent event) -> {
        metrics.onVerdict(event.getVerdict(), event.getReasons().getFirst());
        context().forward(record.withKey(key).withValue(event));
      }
      case Intake.SetAside(Unusable unusable) -> {
        metrics.onDeadLetter(unusable.reason());
        Place place = place();
        DeadLetter letter =
            DeadLetters.of(
                place, unusable, record.key(), record.value(), context().currentSystemTimeMs());
        context().forward(record.withKey(place.toString()).withValue(letter));
      }
    }
  }

  private Place place() {
    RecordMetadata metadata =
        context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record from a topic has metadata"));
    return new Place(metadata.topic(), metadata.partition(), metadata.offset());
  }
}
