package io.aftersend.processor.list;

import io.aftersend.processor.count.Quarter;
import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.state.SumStore;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.ListMetrics;
import io.aftersend.schemas.state.ListMark;
import io.aftersend.schemas.state.ListMember;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Adapts [Membership] to Kafka Streams: keeps each recipient's events on each list, and forwards
/// every quarter of the list that changes, as a new version. Takes events under
/// [ListEvents#key(JudgedEvent)], without repeats.
public final class ListProcessor
    extends ContextualProcessor<String, JudgedEvent, String, ListMetrics> {
  private static final String MEMBERS = "list-members";
  private static final String SUMS = "list-sums";

  /// How long a recipient's events are kept after the last one: as long as events may be dated
  /// back. Who was forgotten counts anew.
  private static final Duration KEPT = Duration.ofDays(400);

  /// Most events kept of one recipient on one list, so that a program that subscribes and leaves
  /// without end does not grow the state.
  static final int MAX_MARKS = 100;

  private final ListStageMetrics metrics;
  private @Nullable AgingStore<ListMember> members;
  private @Nullable KeyValueStore<String, ListMetrics> sums;

  public ListProcessor(ListStageMetrics metrics) {
    this.metrics = metrics;
  }

  /// What makes the stores.
  public static List<StoreBuilder<?>> stores() {
    return List.of(
        AgingStore.builder(MEMBERS, KEPT, AvroSerde.of(ListMember.class)),
        SumStore.builder(SUMS, ListMetrics.class));
  }

  @Override
  public void init(ProcessorContext<String, ListMetrics> context) {
    super.init(context);
    members = new AgingStore<>(context.getStateStore(MEMBERS), KEPT);
    sums = context.getStateStore(SUMS);
  }

  @Override
  public void process(Record<String, JudgedEvent> record) {
    JudgedEvent event = record.value();
    ListMark mark = new ListMark(event.getType(), event.getEventTime().toEpochMilli());
    change(record.key(), ListEvents.member(event), mark)
        .forEach((quarter, change) -> forward(record, event, quarter, change));
  }

  private Map<Long, ListCounts> change(String list, @Nullable String member, ListMark mark) {
    if (member == null) {
      return Membership.counts(List.of(mark));
    }
    AgingStore<ListMember> store = Initialised.of(members);
    String key = list + "|" + member;
    long nowMs = context().currentStreamTimeMs();
    ListMember known = store.get(key, nowMs);
    List<ListMark> before = known == null ? List.of() : known.getMarks();
    if (before.contains(mark)) {
      return Map.of();
    }
    if (before.size() >= MAX_MARKS) {
      metrics.onOverflow();
      return Map.of();
    }
    List<ListMark> after = new ArrayList<>(before);
    after.add(mark);
    store.put(key, new ListMember(after), nowMs);
    return Membership.change(before, after);
  }

  private void forward(
      Record<String, JudgedEvent> record, JudgedEvent event, long quarter, ListCounts change) {
    KeyValueStore<String, ListMetrics> rows = Initialised.of(sums);
    String key = record.key() + "|" + Quarter.start(quarter).toEpochMilli();
    ListMetrics row = rows.get(key);
    if (row == null) {
      row =
          new ListMetrics(
              event.getTenant(), event.getList(), Quarter.start(quarter), 0L, 0L, 0L, 0L, 0L);
    }
    change.addTo(row);
    row.setVersion(row.getVersion() + 1);
    rows.put(key, row);
    context().forward(record.withKey(key).withValue(row));
  }
}
