package io.aftersend.processor.count;

import io.aftersend.schemas.event.ApartChange;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.state.HitNote;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.MessageHits;
import io.aftersend.schemas.topic.AvroSerde;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the events of one message in one campaign come to under rules.
///
/// @param events all of them, in the order given, with their judgements
/// @param revised those of them whose judgement is another than before, with the next revision
/// @param facts null where none of the events is counted
/// @param hits what behaviour rules look at
/// @param hitEvents those of the hits that can be judged again, with their own judgements
public record Recounted(
    List<JudgedEvent> events,
    List<JudgedEvent> revised,
    @Nullable MessageFacts facts,
    List<HitNote> hits,
    List<JudgedEvent> hitEvents) {
  private static final AvroSerde<MessageFacts> FACTS = AvroSerde.of(MessageFacts.class);
  private static final AvroSerde<MessageHits> HITS = AvroSerde.of(MessageHits.class);
  private static final AvroSerde<JudgedEvent> EVENTS = AvroSerde.of(JudgedEvent.class);

  /// Whether any event is judged otherwise than before.
  public boolean isChanged() {
    return !revised.isEmpty();
  }

  /// The record that has the processor follow.
  ///
  /// @param rules fingerprint of the rules
  /// @param before the events as they were, in the same order
  public MessageRejudgement record(String rules, List<JudgedEvent> before) {
    return new MessageRejudgement(
        rules,
        facts == null ? null : facts.getCampaign(),
        facts == null ? null : ByteBuffer.wrap(FACTS.encode(facts)),
        hits.isEmpty() ? null : ByteBuffer.wrap(HITS.encode(new MessageHits(hits))),
        encoded(hitEvents),
        apart(before),
        encoded(revised));
  }

  private static List<ByteBuffer> encoded(List<JudgedEvent> events) {
    return events.stream().map(event -> ByteBuffer.wrap(EVENTS.encode(event))).toList();
  }

  /// Changes in quarters of an hour that the facts do not remember.
  private List<ApartChange> apart(List<JudgedEvent> before) {
    MessageFacts known = facts;
    if (known == null || known.getQuarters().size() < Facts.MAX_QUARTERS) {
      return List.of();
    }
    Map<ApartQuarter, Long> changes = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      EventKind kind = EventKind.of(events.get(i));
      long quarter = Quarter.of(events.get(i).getEventTime().toEpochMilli());
      boolean isApart =
          events.get(i).getCounted()
              && kind.isOfHeatmap()
              && !Facts.remembers(known, kind.tally(), quarter);
      if (isApart) {
        long change = humans(kind) - humans(EventKind.of(before.get(i)));
        changes.merge(new ApartQuarter(kind.tally(), quarter), change, Long::sum);
      }
    }
    List<ApartChange> apart = new ArrayList<>();
    changes.forEach(
        (quarter, change) -> {
          if (change != 0) {
            apart.add(new ApartChange(quarter.name(), quarter.quarter(), change));
          }
        });
    return apart;
  }

  private record ApartQuarter(String name, long quarter) {}

  private static long humans(EventKind kind) {
    return kind.isHuman() ? 1 : 0;
  }
}
