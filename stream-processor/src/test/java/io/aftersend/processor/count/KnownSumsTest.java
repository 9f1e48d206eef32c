package io.aftersend.processor.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.processor.state.SumStore;
import io.aftersend.schemas.metric.LinkMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KnownSumsTest {
  private static final String STORE = "sums";
  private static final int SIZE = 3;

  private final TopologyTestDriver driver = new TopologyTestDriver(topology(), settings());
  private final KeyValueStore<String, LinkMetrics> store = driver.getKeyValueStore(STORE);
  private final List<String> published = new ArrayList<>();
  private final KnownSums<LinkMetrics> sums =
      new KnownSums<>(
          store, SIZE, (key, sum) -> published.add(key + " " + sum.getTotal() + isStored(key)));

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void sumGoesOutOnceWithAllChangesAndIsInTheStoreByThen() {
    add("a", 1);
    add("a", 2);
    add("b", 5);
    assertThat(published).isEmpty();
    assertThat(store.get("a")).isNull();

    sums.flush();
    sums.flush();

    assertThat(published).containsExactlyInAnyOrder("a 3 stored", "b 5 stored");
    add("a", 4);
    sums.flush();
    assertThat(published).hasSize(3).endsWith("a 7 stored");
  }

  @Test
  void changesBeyondTheBoundGoOutBeforeTheCommit() {
    add("a", 1);
    add("b", 1);
    assertThat(published).isEmpty();
    add("c", 1);
    assertThat(published).containsExactlyInAnyOrder("a 1 stored", "b 1 stored", "c 1 stored");
    add("d", 1);
    assertThat(published).hasSize(3);
  }

  /// What is held no more is read from the store again, and nothing of it is lost.
  @Test
  void goesOnWithSumsThatItNoLongerHolds() {
    for (int round = 1; round <= 3; round++) {
      for (int key = 0; key < 10; key++) {
        add("k" + key, 1);
      }
      sums.flush();
    }
    for (int key = 0; key < 10; key++) {
      assertThat(store.get("k" + key).getTotal()).isEqualTo(3);
    }
  }

  private void add(String key, long total) {
    LinkMetrics sum = sums.get(key);
    if (sum == null) {
      sum = new LinkMetrics("t", "c", "own", key, 0L, 0L, 0L, 0L, 0L);
    }
    sum.setTotal(sum.getTotal() + total);
    sums.change(key, sum);
  }

  private String isStored(String key) {
    return store.get(key) == null ? "" : " stored";
  }

  private static Topology topology() {
    Topology topology = new Topology();
    topology.addSource("source", new StringDeserializer(), new StringDeserializer(), "words");
    topology.addProcessor("nothing", Nothing::new, "source");
    topology.addStateStore(
        SumStore.builder(STORE, LinkMetrics.class).withCachingDisabled().withLoggingDisabled(),
        "nothing");
    return topology;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "known-sums");
    return settings;
  }

  private static final class Nothing extends ContextualProcessor<String, String, Void, Void> {
    @Override
    public void process(Record<String, String> record) {
      // The store alone is of interest.
    }
  }
}
