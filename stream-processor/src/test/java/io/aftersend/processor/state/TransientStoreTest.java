package io.aftersend.processor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransientStoreTest {
  private static final String STORE = "lengths";
  private static final String HOOK = "commit";

  private final KeyValueStore<String, Integer> store =
      TransientStore.<Integer>builder(STORE).build();

  @Test
  void holdsWhatWasPutByOrderOfItsKeys() {
    store.put("b", 2);
    store.put("c", 3);
    store.put("a", 1);
    store.put("c", null);

    assertThat(store.putIfAbsent("b", 7)).isEqualTo(2);
    assertThat(store.get("b")).isEqualTo(2);
    assertThat(store.get("c")).isNull();
    assertThat(entries(store.all())).containsExactly(KeyValue.pair("a", 1), KeyValue.pair("b", 2));
    assertThat(entries(store.range("b", "z"))).containsExactly(KeyValue.pair("b", 2));
    assertThat(store.delete("a")).isEqualTo(1);
    assertThat(store.approximateNumEntries()).isEqualTo(1);
  }

  @Test
  void forgetsWhenItCloses() {
    store.put("a", 1);
    store.close();
    assertThat(store.get("a")).isNull();
  }

  @Test
  void actionBeforeACommitForwardsFromItsOwnProcessor() {
    Topology topology = new Topology();
    topology.addSource("source", new StringDeserializer(), new StringDeserializer(), "words");
    topology.addProcessor("lengths", Lengths::new, "source");
    topology.addStateStore(TransientStore.<Integer>builder(STORE), "lengths");
    topology.addStateStore(CommitHook.builder(HOOK), "lengths");
    topology.addSink(
        "sink", "sums", new StringSerializer(), Serdes.Integer().serializer(), "lengths");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings)) {
      driver
          .createInputTopic("words", new StringSerializer(), new StringSerializer())
          .pipeInput("k", "four");

      assertThat(
              driver
                  .createOutputTopic(
                      "sums", new StringDeserializer(), Serdes.Integer().deserializer())
                  .readKeyValuesToList())
          .containsExactly(KeyValue.pair("k", 4));
      assertThat(driver.getKeyValueStore(STORE).approximateNumEntries()).isZero();
    }
  }

  private static List<KeyValue<String, Integer>> entries(
      KeyValueIterator<String, Integer> iterator) {
    List<KeyValue<String, Integer>> entries = new ArrayList<>();
    try (iterator) {
      iterator.forEachRemaining(entries::add);
    }
    return entries;
  }

  /// Sums up the lengths of words until the commit.
  private static final class Lengths extends ContextualProcessor<String, String, String, Integer> {
    private @Nullable KeyValueStore<String, Integer> lengths;

    @Override
    public void init(ProcessorContext<String, Integer> context) {
      super.init(context);
      KeyValueStore<String, Integer> sums = context.getStateStore(STORE);
      lengths = sums;
      CommitHook hook = context.getStateStore(HOOK);
      hook.beforeCommit(
          context,
          () -> {
            for (KeyValue<String, Integer> sum : entries(sums.all())) {
              sums.delete(sum.key);
              context.forward(new Record<>(sum.key, sum.value, context.currentStreamTimeMs()));
            }
          });
    }

    @Override
    public void process(Record<String, String> record) {
      KeyValueStore<String, Integer> sums = lengths;
      if (sums != null) {
        Integer before = sums.get(record.key());
        sums.put(record.key(), (before == null ? 0 : before) + record.value().length());
      }
    }
  }
}
