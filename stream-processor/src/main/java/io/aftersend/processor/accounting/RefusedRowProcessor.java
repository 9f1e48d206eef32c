package io.aftersend.processor.accounting;

import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.verdict.Judgement;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Reads back, from the dead letters, which judged events never became a row, and has their lanes'
/// books say dropped instead of stored. Forwards nothing.
///
/// A later revision that became no row leaves the row of the one before. A letter whose event was
/// cut is passed over: its lane cannot be read, and the comparison of rows with what is stored
/// shows it.
public final class RefusedRowProcessor extends ContextualProcessor<byte[], byte[], Void, Void> {
  private final Topic<String, DeadLetter> deadLetters;
  private final Topic<String, JudgedEvent> judgedEvents;
  private final LedgerStores stores;
  private @Nullable LaneLedger ledger;

  public RefusedRowProcessor(Topics topics, LedgerStores stores) {
    this.deadLetters = topics.deadLetters();
    this.judgedEvents = topics.judgedEvents();
    this.stores = stores;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    super.init(context);
    ledger = stores.ledger(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    LaneLedger book = Initialised.of(ledger);
    DeadLetter letter = decoded(deadLetters, record.value());
    if (letter == null || !letter.getSource().equals(judgedEvents.name())) {
      return;
    }
    JudgedEvent event = decoded(judgedEvents, bytes(letter.getValue()));
    boolean isFirst = event != null && event.getRevision() == Judgement.FIRST_REVISION;
    Position position = event != null && isFirst ? Position.of(event) : null;
    if (position != null) {
      book.takeBack(position, letter.getReason(), context().currentStreamTimeMs());
    }
  }

  private static <V> @Nullable V decoded(Topic<String, V> topic, byte @Nullable [] bytes) {
    try {
      return bytes == null
          ? null
          : topic.valueSerde().deserializer().deserialize(topic.name(), bytes);
    } catch (SerializationException e) {
      return null;
    }
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
