package io.aftersend.processor.accounting;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.state.StoreDrain;
import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.accounting.Stage;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Sums what the partitions say of a lane, and passes on each changed lane at most once in the
/// flush interval; each change is a new version.
///
/// Which lanes changed lies in a changelogged store, so that a crash leaves none behind.
public final class LaneSumProcessor
    extends ContextualProcessor<String, LaneAccounting, String, LaneAccounting> {
  private static final String SUMS = "lane-sums";
  private static final String CHANGED = "changed-lanes";

  /// How long a lane is remembered after its last change: edges come and go, each with a journal of
  /// its own, and what an edge has not sent by then it will not send.
  private static final Duration KEPT = Duration.ofDays(40);

  private final Duration flushInterval;
  private @Nullable AgingStore<LaneAccounting> sums;
  private @Nullable KeyValueStore<String, LaneAccounting> changed;

  public LaneSumProcessor(Duration flushInterval) {
    this.flushInterval = flushInterval;
  }

  /// What makes the stores.
  public static List<StoreBuilder<?>> stores() {
    return List.of(
        AgingStore.builder(SUMS, KEPT, AvroSerde.of(LaneAccounting.class)),
        LedgerStores.shortLived(CHANGED));
  }

  @Override
  public void init(ProcessorContext<String, LaneAccounting> context) {
    super.init(context);
    sums = new AgingStore<>(context.getStateStore(SUMS), KEPT);
    KeyValueStore<String, LaneAccounting> waiting = context.getStateStore(CHANGED);
    changed = waiting;
    context.schedule(
        flushInterval,
        PunctuationType.WALL_CLOCK_TIME,
        nowMs -> StoreDrain.drain(waiting, (key, lane) -> publish(lane, nowMs)));
  }

  @Override
  public void process(Record<String, LaneAccounting> record) {
    AgingStore<LaneAccounting> known = Initialised.of(sums);
    KeyValueStore<String, LaneAccounting> waiting = Initialised.of(changed);
    LaneAccounting change = record.value();
    long nowMs = context().currentStreamTimeMs();
    LaneAccounting before = known.get(record.key(), nowMs);
    LaneAccounting sum =
        before == null ? LaneSums.none(change.getJournal(), change.getLane()) : before;
    LaneSums.add(sum, change);
    sum.setVersion(sum.getVersion() + 1);
    known.put(record.key(), sum, nowMs);
    waiting.put(record.key(), sum);
  }

  private void publish(LaneAccounting lane, long nowMs) {
    lane.setTime(Instant.ofEpochMilli(nowMs));
    String key = Stage.PROCESSOR.topicKey(lane.getJournal(), lane.getLane());
    context().forward(new Record<>(key, lane, nowMs));
  }
}
