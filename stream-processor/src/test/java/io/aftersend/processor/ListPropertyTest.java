package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories of a mailing list in random orders of arrival, against a naive recount that
/// looks at each kind of event by itself.
final class ListPropertyTest {
  private static final long SEED = 20260602;
  private static final int HISTORIES = 300;
  private static final int ORDERS = 3;
  private static final long QUARTER_MS = 15 * 60 * 1000;
  private static final List<EventType> TYPES =
      List.of(EventType.SUBSCRIBED, EventType.UNSUBSCRIBED, EventType.COMPLAINED);

  @Test
  void countsTheSameInAnyOrderOfArrival(@TempDir Path directory) {
    Map<String, List<EmailEvent>> histories = new LinkedHashMap<>();
    for (int i = 0; i < HISTORIES; i++) {
      Random random = new Random(SEED + i);
      List<EmailEvent> events = history(random);
      for (int order = 0; order < ORDERS; order++) {
        Collections.shuffle(events, random);
        histories.put("seed-%d-order-%d".formatted(SEED + i, order), List.copyOf(events));
      }
    }
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      histories.forEach((name, events) -> topology.pipeAll(ofTenant(name, events)));
      topology.settle();
      histories.forEach(
          (name, events) ->
              assertThat(topology.list(name, "news"))
                  .as("%s, %s", name, texts(events))
                  .isEqualTo(recount(events)));
    }
  }

  private static List<EmailEvent> ofTenant(String tenant, List<EmailEvent> events) {
    return events.stream()
        .map(event -> EmailEvent.newBuilder(event).setTenant(tenant).build())
        .toList();
  }

  /// Up to three recipients and one stranger, at times of which many are the same.
  private static List<EmailEvent> history(Random random) {
    List<EmailEvent> events = new ArrayList<>();
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      EventBuilder event =
          event(TYPES.get(random.nextInt(TYPES.size())), "e" + i)
              .list("news")
              .at(10L * random.nextInt(12));
      int member = random.nextInt(5);
      if (member < 3) {
        event.recipient("r" + member);
      } else if (member == 3) {
        event.message("m1");
      }
      events.add(event.build());
      if (random.nextInt(6) == 0) {
        events.add(event.build());
      }
    }
    return events;
  }

  private static Map<Long, List<Long>> recount(List<EmailEvent> events) {
    Map<String, Map<String, EmailEvent>> members = new TreeMap<>();
    for (EmailEvent event : events) {
      String member =
          event.getRecipient() != null
              ? event.getRecipient()
              : event.getMessage() != null ? event.getMessage() : "only " + event.getEventId();
      members.computeIfAbsent(member, any -> new TreeMap<>()).put(event.getEventId(), event);
    }
    Map<Long, List<Long>> counts = new TreeMap<>();
    members.values().forEach(member -> recount(List.copyOf(member.values()), counts));
    return counts;
  }

  /// An event counts where no event of its kind stands between it and what undoes the kind.
  private static void recount(List<EmailEvent> events, Map<Long, List<Long>> counts) {
    boolean wasGone = false;
    for (long time :
        events.stream().mapToLong(ListPropertyTest::ms).sorted().distinct().toArray()) {
      if (has(events, EventType.SUBSCRIBED, time, time)) {
        long last = last(events, time - 1);
        if (last == Long.MIN_VALUE
            || has(events, EventType.UNSUBSCRIBED, last, last)
            || has(events, EventType.COMPLAINED, last, last)) {
          add(counts, time, 0);
        }
        wasGone = false;
      }
      for (EventType kind : List.of(EventType.UNSUBSCRIBED, EventType.COMPLAINED)) {
        boolean isNow = has(events, kind, time, time);
        long back = lastSubscription(events, time);
        boolean isFirst = !has(events, kind, back, time - 1);
        if (isNow && isFirst) {
          add(counts, time, kind == EventType.UNSUBSCRIBED ? 1 : 2);
        }
        if (isNow && !wasGone) {
          wasGone = true;
          add(counts, time, 3);
        }
      }
    }
  }

  private static long last(List<EmailEvent> events, long until) {
    return events.stream()
        .mapToLong(ListPropertyTest::ms)
        .filter(time -> time <= until)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private static long lastSubscription(List<EmailEvent> events, long until) {
    return last(
        events.stream()
            .filter(event -> event.getType().equals(EventType.SUBSCRIBED.wireName()))
            .toList(),
        until);
  }

  private static boolean has(List<EmailEvent> events, EventType type, long from, long to) {
    return events.stream()
        .anyMatch(
            event ->
                event.getType().equals(type.wireName()) && ms(event) >= from && ms(event) <= to);
  }

  private static void add(Map<Long, List<Long>> counts, long time, int column) {
    Long[] row =
        counts
            .getOrDefault(time / QUARTER_MS * QUARTER_MS, List.of(0L, 0L, 0L, 0L))
            .toArray(Long[]::new);
    row[column]++;
    counts.put(time / QUARTER_MS * QUARTER_MS, Arrays.asList(row));
  }

  private static long ms(EmailEvent event) {
    return event.getEventTime().toEpochMilli();
  }

  private static List<String> texts(List<EmailEvent> events) {
    return events.stream()
        .map(
            event ->
                "%s %s %s %s"
                    .formatted(
                        event.getType(),
                        event.getRecipient(),
                        event.getMessage(),
                        event.getEventTime()))
        .toList();
  }
}
