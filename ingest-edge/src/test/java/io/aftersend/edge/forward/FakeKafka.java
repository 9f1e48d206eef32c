package io.aftersend.edge.forward;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A broker and its clients that do with each record what a test says. What a client has is in
/// order; acknowledgements need not be.
final class FakeKafka {
  static final Topics TOPICS = Topics.withPrefix("");

  /// What is in the topics, in the order in which it came.
  final List<ProducerRecord<byte[], byte[]>> landed =
      Collections.synchronizedList(new ArrayList<>());

  /// What the present client has and the broker has not.
  final List<Pending> pending = Collections.synchronizedList(new ArrayList<>());

  volatile boolean isAway;
  volatile boolean isThrowing;
  volatile boolean isAcknowledging;
  final AtomicInteger sends = new AtomicInteger();
  final AtomicInteger clients = new AtomicInteger();
  Predicate<ProducerRecord<byte[], byte[]>> isTooLarge = record -> false;

  /// A record on its way.
  record Pending(
      ProducerRecord<byte[], byte[]> record, Callback callback, AtomicBoolean hasLanded) {}

  Producer<byte[], byte[]> client() {
    clients.incrementAndGet();
    return new Client();
  }

  /// Acknowledges one of the pending records; all before it arrive too.
  void acknowledge(int index) {
    Pending acknowledged = pending.get(index);
    land(index);
    pending.remove(index);
    acknowledged.callback.onCompletion(null, null);
  }

  /// Lets a record and all before it arrive, without a word to the client.
  void land(int upTo) {
    for (Pending each : pending.subList(0, upTo + 1)) {
      if (each.hasLanded.compareAndSet(false, true)) {
        landed.add(each.record);
      }
    }
  }

  void acknowledgeAll() {
    while (!pending.isEmpty()) {
      acknowledge(0);
    }
  }

  void fail(int index, Exception error) {
    pending.remove(index).callback.onCompletion(null, error);
  }

  /// Fails a record, and none behind it will arrive.
  void failFrom(int index, Exception error) {
    List<Pending> behind = pending.subList(index, pending.size());
    Pending failed = behind.getFirst();
    behind.clear();
    failed.callback.onCompletion(null, error);
  }

  List<ProducerRecord<byte[], byte[]>> landedIn(String topic) {
    synchronized (landed) {
      return landed.stream().filter(record -> record.topic().equals(topic)).toList();
    }
  }

  /// The texts of the events that arrived.
  List<String> events() {
    return landedIn(TOPICS.emailEvents().name()).stream().map(FakeKafka::text).toList();
  }

  static String text(ProducerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8).strip();
  }

  /// The last account of each lane that arrived.
  Map<String, LaneAccounting> accounts() {
    Map<String, LaneAccounting> last = new LinkedHashMap<>();
    var serde = TOPICS.accounting().valueSerde().deserializer();
    for (ProducerRecord<byte[], byte[]> record : landedIn(TOPICS.accounting().name())) {
      last.put(
          new String(record.key(), StandardCharsets.UTF_8),
          serde.deserialize(record.topic(), record.value()));
    }
    return last;
  }

  private final class Client extends MockProducer<byte[], byte[]> {
    private boolean isClosed;

    Client() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      sends.incrementAndGet();
      if (isClosed) {
        throw new IllegalStateException("closed");
      }
      if (isThrowing) {
        throw new KafkaException("the client is beyond hope");
      }
      CompletableFuture<RecordMetadata> future = new CompletableFuture<>();
      if (isAway) {
        callback.onCompletion(null, new TimeoutException("no broker"));
      } else if (isTooLarge.test(record)) {
        callback.onCompletion(null, new RecordTooLargeException("too large"));
      } else if (isAcknowledging) {
        landed.add(record);
        callback.onCompletion(null, null);
      } else {
        pending.add(new Pending(record, callback, new AtomicBoolean()));
      }
      return future;
    }

    @Override
    public void close(Duration timeout) {
      isClosed = true;
      List<Pending> aborted = List.copyOf(pending);
      pending.clear();
      aborted.forEach(
          each -> each.callback.onCompletion(null, new KafkaException("closed forcefully")));
    }
  }
}
