package io.aftersend.processor.rejudge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.JudgedEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StoredMessagesTest {
  private final List<StoredMessage> taken = new ArrayList<>();
  private final StoredMessages messages = new StoredMessages(3, taken::add);

  @Test
  void handsEachMessageOverWhenTheNextBegins() throws InterruptedException {
    messages.add(event("e1", "m1", "r"));
    messages.add(event("e2", "m1", "r"));
    assertThat(taken).isEmpty();
    messages.add(event("e3", null, "r"));
    assertThat(taken).hasSize(1);
    messages.end();

    assertThat(taken).extracting(StoredMessage::key).containsExactly("t|m:m1", "t|r:r");
    assertThat(taken.getFirst().events())
        .extracting(JudgedEvent::getEventId)
        .containsExactly("e1", "e2");
    assertThat(taken).allMatch(StoredMessage::isWhole);
  }

  @Test
  void holdsNoMoreThanTheBoundAndSaysSo() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      messages.add(event("e" + i, "m1", null));
    }
    messages.add(event("other", "m2", null));
    messages.end();

    assertThat(taken.getFirst().events()).hasSize(3);
    assertThat(taken.getFirst().isWhole()).isFalse();
    assertThat(taken.getLast().isWhole()).isTrue();
  }

  private static JudgedEvent event(
      String id, @Nullable String message, @Nullable String recipient) {
    return JudgedEvent.newBuilder()
        .setEventId(id)
        .setTenant("t")
        .setType("clicked")
        .setEventTime(Instant.EPOCH)
        .setIngestTime(Instant.EPOCH)
        .setSource("redirect")
        .setMessage(message)
        .setRecipient(recipient)
        .setVerdict("human")
        .setExpiresOn(LocalDate.EPOCH)
        .build();
  }
}
