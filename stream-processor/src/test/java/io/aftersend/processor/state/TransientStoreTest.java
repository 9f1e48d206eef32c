package io.aftersend.processor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransientStoreTest {
  private static final String STORE = "lengths";
  private static final String HOOK = "commit";

  private final TransientStore<String, AtomicInteger> store =
      TransientStore.<String, AtomicInteger>builder(STORE).build();

  @Test
  void makesAValueOnceAndHandsItOverOnce() {
    store.get("b", key -> new AtomicInteger(2)).addAndGet(5);
    store.get("a", key -> new AtomicInteger(1)).addAndGet(1);
    store.get("b", key -> new AtomicInteger(100)).addAndGet(1);

    assertThat(store.size()).isEqualTo(2);
    assertThat(drained(store)).isEqualTo(Map.of("a", 2, "b", 8));
    assertThat(drained(store)).isEqualTo(Map.of());
    assertThat(store.get("b", key -> new AtomicInteger(1)).get()).isEqualTo(1);
  }

  @Test
  void forgetsWhenItCloses() {
    store.get("a", key -> new AtomicInteger(1));
    store.close();
    assertThat(store.size()).isZero();
  }

  @Test
  void actionBeforeACommitForwardsFromItsOwnProcessor() {
    Topology topology = new Topology();
    topology.addSource("source", new StringDeserializer(), new StringDeserializer(), "words");
    topology.addProcessor("lengths", Lengths::new, "source");
    topology.addStateStore(TransientStore.<String, AtomicInteger>builder(STORE), "lengths");
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
    }
  }

  private static Map<String, Integer> drained(TransientStore<String, AtomicInteger> store) {
    Map<String, Integer> drained = new HashMap<>();
    store.drain((key, value) -> drained.put(key, value.get()));
    return drained;
  }

  /// Sums up the lengths of words until the commit.
  private static final class Lengths extends ContextualProcessor<String, String, String, Integer> {
    private @Nullable TransientStore<String, AtomicInteger> lengths;

    @Override
    public void init(ProcessorContext<String, Integer> context) {
      super.init(context);
      TransientStore<String, AtomicInteger> sums = context.getStateStore(STORE);
      lengths = sums;
      CommitHook hook = context.getStateStore(HOOK);
      hook.beforeCommit(
          context,
          () ->
              drained(sums)
                  .forEach(
                      (key, sum) ->
                          context.forward(new Record<>(key, sum, context.currentStreamTimeMs()))));
    }

    @Override
    public void process(Record<String, String> record) {
      TransientStore<String, AtomicInteger> sums = lengths;
      if (sums != null) {
        sums.get(record.key(), key -> new AtomicInteger()).addAndGet(record.value().length());
      }
    }
  }
}
