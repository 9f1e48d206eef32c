package io.aftersend.processor;

import io.aftersend.schemas.topic.AvroSerde;
import io.aftersend.schemas.topic.Topic;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/// The pieces that the stages of the topology are put together from.
final class Flow {
  private Flow() {}

  /// Lets records go out into a topic.
  static <V> void send(KStream<String, V> records, Topic<String, V> topic) {
    records.to(
        topic.name(),
        Produced.with(topic.keySerde(), topic.valueSerde()).withName("to-" + topic.name()));
  }

  /// The branch of that name, all of whose records are of that type.
  static <V extends SpecificRecord> KStream<String, V> branch(
      Map<String, KStream<String, SpecificRecord>> branches, String name, Class<V> type) {
    KStream<String, SpecificRecord> branch = branches.get(name);
    if (branch == null) {
      throw new IllegalStateException("expected a branch " + name + ", got " + branches.keySet());
    }
    return branch.mapValues(type::cast, Named.as("as-" + name));
  }

  /// The way over a topic of that name, which brings records of one key together.
  static <V extends SpecificRecord> Repartitioned<String, V> repartitioned(
      String name, Class<V> type) {
    return Repartitioned.<String, V>as(name)
        .withKeySerde(Serdes.String())
        .withValueSerde(AvroSerde.of(type));
  }

  /// What makes processors that have the stores.
  static <I, O> ProcessorSupplier<String, I, String, O> supplier(
      Supplier<Processor<String, I, String, O>> processors, List<StoreBuilder<?>> stores) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, I, String, O> get() {
        return processors.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return new LinkedHashSet<>(stores);
      }
    };
  }
}
