package io.aftersend.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.oracle.HistoryShape.Trait;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// That random histories hold what could go wrong.
final class RandomHistoryTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
  private static final HistoryShape SHAPE =
      new HistoryShape(100, START, Duration.ofDays(10), EnumSet.allOf(Trait.class));
  private static final Duration HORIZON = Duration.ofDays(35);

  private final List<List<EmailEvent>> histories =
      LongStream.range(0, 20).mapToObj(seed -> RandomHistory.events(seed, SHAPE)).toList();

  @Test
  void areTheSameForTheSameSeed() {
    assertThat(RandomHistory.events(0, SHAPE)).isEqualTo(histories.getFirst());
    assertThat(RandomHistory.events(1, SHAPE)).isNotEqualTo(histories.getFirst());
  }

  @Test
  void haveEveryTypeAndEveryVerdict() {
    assertThat(all(EmailEvent::getType))
        .containsAll(Arrays.stream(EventType.values()).map(EventType::wireName).toList());
    assertThat(all(event -> new OwnEvidence().verdict(event, List.of())))
        .containsExactlyInAnyOrder("human", "proxy", "prefetch", "scanner", "bot", "preview");
  }

  @Test
  void arriveInOrderWithinTheHorizonButDidNotHappenSo() {
    for (List<EmailEvent> history : histories) {
      assertThat(history).extracting(EmailEvent::getIngestTime).isSorted();
      assertThat(history.getLast().getIngestTime()).isBefore(START.plus(HORIZON));
      assertThat(history)
          .anySatisfy(
              event ->
                  assertThat(Duration.between(event.getEventTime(), event.getIngestTime()))
                      .isGreaterThan(Duration.ofDays(2)));
    }
  }

  @Test
  void repeatEventsAndOrders() {
    for (List<EmailEvent> history : histories) {
      Set<String> ids = new HashSet<>();
      assertThat(history.stream().filter(e -> !ids.add(Judged.unitOf(e) + e.getEventId())))
          .isNotEmpty();
    }
    assertThat(all(EmailEvent::getOrder)).anySatisfy(order -> assertThat(order).contains("shared"));
  }

  @Test
  void haveConversionsToAttribute() {
    assertThat(histories)
        .filteredOn(
            history ->
                Oracle.recount(history).values().stream().anyMatch(sum -> sum.attributed() > 0))
        .hasSizeGreaterThan(histories.size() / 2);
  }

  @Test
  void nameWhatNumbersDependOn() {
    assertThat(all(EmailEvent::getCampaign)).containsAll(RandomHistory.CAMPAIGNS).contains("none");
    assertThat(all(EmailEvent::getRecipientTimeZone))
        .contains("Asia/Tehran", "Asia/Kathmandu", "Mars/Olympus", "none");
    assertThat(all(EmailEvent::getBounceClass)).contains("hard", "soft", "block", "none");
    assertThat(all(EmailEvent::getTest)).containsExactlyInAnyOrder("true", "false");
    assertThat(all(EmailEvent::getInferred)).contains("true", "none");
    assertThat(all(EmailEvent::getAutoReply)).contains("true", "false");
    assertThat(all(EmailEvent::getCurrency)).contains("AZN", "EUR", "none");
    assertThat(all(EmailEvent::getProvider)).contains("some-esp", "none");
    assertThat(all(EmailEvent::getMessage)).contains("none");
    assertThat(all(EmailEvent::getVariant)).contains("a", "b", "c", "none");
    assertThat(all(EmailEvent::getAccount)).contains("acme", "globex", "none");
    assertThat(all(EmailEvent::getLabels)).contains("[]", "[offer, news]", "[a|b, offer]");
    assertThat(all(EmailEvent::getIp)).contains("192.0.2.0", "none");
    assertThat(all(event -> event.getIssuedAt() == null ? "none" : Lateness.tells(event, event)))
        .contains("true", "false", "none");
    assertThat(all(EmailEvent::getLink)).contains("link-1", "none");
  }

  private Set<String> all(Function<EmailEvent, Object> value) {
    return histories.stream()
        .flatMap(List::stream)
        .map(event -> value.apply(event) == null ? "none" : value.apply(event).toString())
        .collect(Collectors.toSet());
  }
}
