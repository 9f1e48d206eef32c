package io.aftersend.processor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentValuesTest {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final String PLAIN = "plain";
  private static final String BEHIND = "behind";
  private static final String RECENT = "recent";
  private static final int SIZE = 5;
  private static final int KEYS = 12;
  private static final int STEPS = 3_000;
  private static final long SEED = 27;

  private final TopologyTestDriver driver = new TopologyTestDriver(topology(), settings());
  private final AgingStore<Long> plain = new AgingStore<>(driver.getWindowStore(PLAIN), KEPT);
  private final RecentValues<Long> recent = recent();
  private final AgingStore<Long> fronted =
      new AgingStore<>(driver.getWindowStore(BEHIND), KEPT, recent);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void knowsAndForgetsWhatTheStoreBehindDoes() {
    SplittableRandom random = new SplittableRandom(SEED);
    long nowMs = 100 * KEPT.toMillis();
    for (long step = 0; step < STEPS; step++) {
      nowMs += random.nextLong(KEPT.toMillis() / 8);
      String key = "k" + random.nextInt(KEYS);
      if (random.nextInt(3) == 0) {
        plain.put(key, step, nowMs);
        fronted.put(key, step, nowMs);
      }
      assertThat(fronted.get(key, nowMs))
          .as("step %d of seed %d", step, SEED)
          .isEqualTo(plain.get(key, nowMs));
    }
  }

  @Test
  void holdsNoMoreThanItsSize() {
    for (long value = 0; value < 2 * SIZE; value++) {
      fronted.put("k" + value, value, 0);
    }
    assertThat(recent.get("k0")).isNull();
    assertThat(recent.get("k" + (2 * SIZE - 1))).isNotNull();
    assertThat(fronted.get("k0", 0)).isZero();
  }

  /// A task that begins anew after an aborted transaction must not know what it took back.
  @Test
  void forgetsAllWhenItCloses() {
    fronted.put("k", 1L, 0);
    recent.close();
    assertThat(recent.get("k")).isNull();
  }

  @SuppressWarnings("unchecked") // made below
  private RecentValues<Long> recent() {
    return (RecentValues<Long>) driver.getStateStore(RECENT);
  }

  private static Topology topology() {
    Topology topology = new Topology();
    topology.addSource("source", new StringDeserializer(), new StringDeserializer(), "words");
    topology.addProcessor("nothing", Nothing::new, "source");
    topology.addStateStore(AgingStore.builder(PLAIN, KEPT, Serdes.Long()), "nothing");
    topology.addStateStore(AgingStore.builder(BEHIND, KEPT, Serdes.Long()), "nothing");
    topology.addStateStore(RecentValues.<Long>builder(RECENT, SIZE), "nothing");
    return topology;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "recent-values");
    return settings;
  }

  private static final class Nothing extends ContextualProcessor<String, String, Void, Void> {
    @Override
    public void process(Record<String, String> record) {
      // The stores alone are of interest.
    }
  }
}
