package io.aftersend.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.JudgedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FollowersTest {
  private static final List<String> TENANTS = List.of("ours", "theirs");
  private static final List<String> TYPES = List.of("sent", "opened", "clicked");

  private final SplittableRandom random = new SplittableRandom(7);
  private final Followers followers = new Followers();

  @Test
  void everyReaderIsOfferedAllThatItsFilterAsksFor() throws InterruptedException {
    List<LiveReader> readers = new ArrayList<>();
    List<EventFilter> filters = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      EventFilter filter = filter();
      filters.add(filter);
      readers.add(new LiveReader(filter, Thread.currentThread()));
      followers.add(readers.getLast());
    }
    for (int i = 150; i < 200; i++) {
      followers.remove(readers.get(i));
    }
    List<JudgedEvent> events = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      events.add(event(i));
      followers.offer(new LiveEvent(0, i, Positions.of(i + 1), events.getLast()));
    }

    for (int i = 0; i < 200; i++) {
      EventFilter filter = filters.get(i);
      List<String> expected =
          i >= 150
              ? List.of()
              : events.stream().filter(filter::matches).map(JudgedEvent::getEventId).toList();
      assertThat(taken(readers.get(i))).as(filter.toString()).isEqualTo(expected);
    }
  }

  @Test
  void forgetsWhoeverLeft() {
    List<LiveReader> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      readers.add(new LiveReader(filter(), Thread.currentThread()));
      followers.add(readers.getLast());
    }
    AtomicInteger there = new AtomicInteger();
    followers.forEach(reader -> there.incrementAndGet());
    assertThat(there).hasValue(50);

    readers.forEach(followers::remove);

    assertThat(followers.isEmpty()).isTrue();
    followers.remove(readers.getFirst());
  }

  private EventFilter filter() {
    List<IdMatch> ids = new ArrayList<>();
    for (String field : IdMatch.FIELDS) {
      if (random.nextInt(4) == 0) {
        ids.add(IdMatch.of(field, "v" + random.nextInt(3)));
      }
    }
    Set<String> types = new HashSet<>();
    if (random.nextBoolean()) {
      types.add(pick(TYPES));
    }
    return new EventFilter(pick(TENANTS), types, ids, random.nextBoolean());
  }

  private JudgedEvent event(int number) {
    JudgedEvent event = JudgedEvents.of("e" + number, pick(TENANTS), pick(TYPES)).build();
    event.setVerdict(random.nextBoolean() ? "human" : "scanner");
    for (String field : IdMatch.FIELDS) {
      if (random.nextInt(3) > 0) {
        event.put(event.getSchema().getField(field).pos(), "v" + random.nextInt(3));
      }
    }
    return event;
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static List<String> taken(LiveReader reader) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    byte[] message = reader.next(Duration.ZERO);
    while (message != null) {
      String text = new String(message, StandardCharsets.UTF_8);
      ids.add(text.replaceAll("(?s).*\"event_id\":\"(e\\d+)\".*", "$1"));
      message = reader.next(Duration.ZERO);
    }
    return ids;
  }
}
