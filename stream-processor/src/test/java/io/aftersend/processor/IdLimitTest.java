package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.NOON;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production topology: how many event ids of one message are remembered, which is
/// [TopologyFixture#IDS_PER_MESSAGE] here.
final class IdLimitTest {
  private static final int LIMIT = TopologyFixture.IDS_PER_MESSAGE;
  private static final String NOT_REMEMBERED = "aftersend_processor_ids_not_remembered_total";

  @TempDir Path directory;
  private TopologyFixture topology;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private void open(String message, int from, int to) {
    for (int i = from; i <= to; i++) {
      topology.pipe(event(OPENED, "open-" + i, message));
    }
  }

  private Map<String, Long> counters() {
    return topology.settle().counters();
  }

  @Test
  void repeatsAreKnownUpToTheLimit() {
    open("m-1", 1, LIMIT);
    open("m-1", LIMIT, LIMIT);

    assertThat(counters()).containsEntry("opened.total", (long) LIMIT);
    assertThat(counters()).doesNotContainKey("unchecked_total");
    assertThat(topology.counter(NOT_REMEMBERED)).isZero();
  }

  @Test
  void eventsBeyondTheLimitCountEachTimeTheyCome() {
    open("m-1", 1, LIMIT + 2);
    open("m-1", LIMIT + 2, LIMIT + 2);

    assertThat(counters())
        .containsEntry("opened.total", LIMIT + 3L)
        .containsEntry("opened.unique", 1L)
        .containsEntry("unchecked_total", 3L);
    assertThat(topology.counter(NOT_REMEMBERED)).isEqualTo(3);
  }

  @Test
  void repeatsOfRememberedEventsCountNothingBeyondTheLimit() {
    open("m-1", 1, LIMIT + 1);
    open("m-1", 1, 5);

    assertThat(counters())
        .containsEntry("opened.total", LIMIT + 1L)
        .containsEntry("unchecked_total", 1L);
    assertThat(topology.counter("aftersend_processor_repeats_total")).isEqualTo(5);
  }

  @Test
  void everyMessageHasALimitOfItsOwn() {
    open("m-1", 1, LIMIT);
    open("m-2", 1, LIMIT);

    assertThat(counters())
        .containsEntry("opened.total", 2L * LIMIT)
        .doesNotContainKey("unchecked_total");
  }

  @Test
  void testsAndOtherCampaignsOfAMessageShareItsLimit() {
    for (int i = 1; i <= LIMIT - 2; i++) {
      topology.pipe(event(OPENED, "test-" + i, "m-1").with(open -> open.setTest(true)));
    }
    topology.pipe(event(SENT, "sent-1", "m-1"));
    topology.pipe(event(OPENED, "open-1", "m-1").campaign("autumn"));
    topology.pipe(event(OPENED, "open-2", "m-1"));
    topology.pipe(event(OPENED, "open-3", "m-1").campaign("autumn"));

    assertThat(counters())
        .containsEntry("sent.total", 1L)
        .containsEntry("opened.total", 1L)
        .containsEntry("unchecked_total", 1L);
    assertThat(topology.counters(EventBuilder.TENANT, "autumn"))
        .containsEntry("opened.total", 2L)
        .containsEntry("unchecked_total", 1L);
  }

  @Test
  void anEventBeforeItsCampaignIsKnownIsNamedWithIt() {
    for (int i = 1; i <= LIMIT + 1; i++) {
      topology.pipe(event(OPENED, "open-" + i, "m-1").campaign(null));
    }
    assertThat(counters()).isEmpty();

    topology.pipe(event(SENT, "sent-1", "m-1"));

    assertThat(counters())
        .containsEntry("opened.total", LIMIT + 1L)
        .containsEntry("unchecked_total", 2L);
  }

  @Test
  void thereIsRoomAgainOnceTheIdsAreForgotten() {
    // Spans of the horizon begin at multiples of it from the epoch.
    Duration horizon = TopologyFixture.HORIZON;
    long span = Math.floorDiv(NOON.toEpochMilli(), horizon.toMillis()) + 1;
    Instant first = Instant.ofEpochMilli(span * horizon.toMillis());
    openAt(first, 1, LIMIT - 10);
    openAt(first.plus(horizon), LIMIT - 9, LIMIT + 5);
    assertThat(counters()).containsEntry("unchecked_total", 5L);

    // Those of the first span are forgotten now, and ten of the second are not.
    openAt(first.plus(horizon.multipliedBy(2)), LIMIT + 6, 2 * LIMIT);

    assertThat(counters())
        .containsEntry("opened.total", 2L * LIMIT)
        .containsEntry("unchecked_total", 10L);
  }

  private void openAt(Instant time, int from, int to) {
    for (int i = from; i <= to; i++) {
      topology.pipe(event(OPENED, "open-" + i, "m-1").at(time).ingestedAt(time));
    }
  }
}
