package io.aftersend.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftersend.schemas.event.EmailEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MailsTest {
  private static final long MAILS = 20_000;
  private static final int CAMPAIGNS = 50;

  private static Batch batch(int hotPercent) {
    return new Batch("b-", 7, MAILS, CAMPAIGNS, hotPercent);
  }

  private static List<EmailEvent> events(Batch batch) {
    MailEvents source = new MailEvents("0123456789abcdef", batch.name());
    List<EmailEvent> events = new ArrayList<>();
    for (long index = 0; index < batch.mails(); index++) {
      source.reports(batch.mail(index), 1_790_000_000_000L, events::add);
      source.hits(batch.mail(index), 1_790_000_000_000L, 1_790_000_001_000L, events::add);
    }
    return events;
  }

  @Test
  void bookSaysOfEachCampaignWhatItsEventsSay() {
    Batch batch = batch(30);
    Map<String, Map<String, Long>> totals = new HashMap<>();
    for (EmailEvent event : events(batch)) {
      totals
          .computeIfAbsent(event.getCampaign(), any -> new HashMap<>())
          .merge(event.getType() + ".total", 1L, Long::sum);
    }

    Map<String, Map<String, Long>> book =
        batch.expected(new MailEvents("0123456789abcdef", batch.name())).counters();

    assertThat(book.keySet()).isEqualTo(totals.keySet());
    book.forEach(
        (campaign, counters) ->
            assertThat(counters).as(campaign).containsAllEntriesOf(totals.get(campaign)));
  }

  @Test
  void noTwoEventsHaveOnePosition() {
    Set<String> positions = new HashSet<>();
    assertThat(events(batch(0)))
        .allSatisfy(
            event ->
                assertThat(positions.add(event.getLane() + "-" + event.getSequence())).isTrue());
  }

  @Test
  void mailsGiveAsManyEventsAsIsSaid() {
    assertThat((double) events(batch(0)).size() / MAILS)
        .isCloseTo(PipelinePlan.EVENTS_PER_MAIL, within(0.05));
  }

  @Test
  void hotCampaignHasItsShare() {
    long hot = events(batch(30)).stream().filter(e -> "b-c0".equals(e.getCampaign())).count();
    long even = events(batch(0)).stream().filter(e -> "b-c0".equals(e.getCampaign())).count();

    assertThat((double) hot / events(batch(30)).size()).isCloseTo(0.3 + 0.7 / 50, within(0.02));
    assertThat((double) even / events(batch(0)).size()).isCloseTo(1.0 / 50, within(0.01));
  }

  @Test
  void heapIsThatOfBothGenerations() {
    String answer =
        """
        4711:
        DefNew     total 116160K, used 31005K [0x1, 0x2, 0x3)
         eden space 103296K,  30% used [0x1, 0x2, 0x3)
        Tenured    total 258048K, used 1166K [0x1, 0x2, 0x3)
         the  space 258048K,   0% used [0x1, 0x2, 0x3)
        Metaspace       used 70000K, committed 71000K, reserved 1114112K
        """;
    assertThat(ProcessorMemory.heap(answer)).isEqualTo(32_171L * 1024);
  }

  @Test
  void partOfTheStoresMemoryIsReadFromTheMetrics() {
    String metrics =
        """
        # TYPE aftersend_processor_store_bytes gauge
        aftersend_processor_store_bytes{part="block_cache"} 1.5E7
        aftersend_processor_store_bytes{part="files"} 12.0
        """;
    assertThat(ProcessorMemory.sample(metrics, "block_cache")).isEqualTo(15_000_000);
  }
}
