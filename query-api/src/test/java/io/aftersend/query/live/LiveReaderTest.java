package io.aftersend.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.live.LiveReader.Cut;
import io.aftersend.schemas.event.JudgedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveReaderTest {
  private static final Duration NOT_LONG = Duration.ofMillis(10);

  private final LiveReader reader =
      new LiveReader(
          new EventFilter(
              "ours", Set.of("opened"), List.of(IdMatch.of("campaign", "spring")), true),
          Thread.currentThread());

  @Test
  void takesWhatItsFilterAsksFor() throws InterruptedException {
    reader.offer(event(1, "ours", "opened", "spring", "scanner"));
    reader.offer(event(2, "ours", "clicked", "spring", "human"));
    reader.offer(event(3, "ours", "opened", "autumn", "human"));
    reader.offer(event(4, "theirs", "opened", "spring", "human"));
    assertThat(reader.next(NOT_LONG)).isNull();
    reader.offer(event(5, "ours", "opened", "spring", "proxy"));
    assertThat(text(reader.next(NOT_LONG)))
        .startsWith("id: 6\ndata: {\"event_id\":\"e5\",")
        .contains("\"verdict\":\"proxy\"")
        .doesNotContain("ours")
        .endsWith("}\n\n");
    assertThat(reader.cut()).isNull();
  }

  @Test
  void isCutWhenTooMuchWaitsAndStillGetsThat() throws InterruptedException {
    for (int i = 0; i < LiveReader.MAX_WAITING + 3; i++) {
      reader.offer(event(i, "ours", "opened", "spring", "human"));
    }
    for (int i = 0; i < LiveReader.MAX_WAITING; i++) {
      assertThat(text(reader.next(NOT_LONG))).contains("\"e" + i + "\"");
    }
    assertThat(reader.next(NOT_LONG)).isNull();
    assertThat(reader.cut()).isEqualTo(Cut.SLOW);
  }

  @Test
  void wakesUpWhenTheFeedEnds() throws InterruptedException {
    reader.offer(event(1, "ours", "opened", "spring", "human"));
    reader.cutAsUnavailable();
    assertThat(reader.next(Duration.ofMinutes(1))).isNotNull();
    assertThat(reader.next(Duration.ofMinutes(1))).isNull();
    assertThat(reader.cut()).isEqualTo(Cut.UNAVAILABLE);
  }

  private static String text(byte @Nullable [] message) {
    return message == null ? "" : new String(message, StandardCharsets.UTF_8);
  }

  private static LiveEvent event(
      int offset, String tenant, String type, String campaign, String verdict) {
    JudgedEvent event =
        JudgedEvents.of("e" + offset, tenant, type)
            .setCampaign(campaign)
            .setVerdict(verdict)
            .build();
    return new LiveEvent(0, offset, Positions.of(offset + 1), event);
  }
}
