package io.aftersend.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventKeyTest {
  @Test
  void messageComesFirst() {
    assertThat(EventKey.of(event().setMessage("m1").setRecipient("r1").build()))
        .isEqualTo("t|m:m1");
  }

  @Test
  void recipientStandsInForTheMessage() {
    assertThat(EventKey.of(event().setRecipient("r1").setList("l1").build())).isEqualTo("t|r:r1");
  }

  @Test
  void listStandsInForTheRecipient() {
    assertThat(EventKey.of(event().setList("l1").setMailbox("b1").build())).isEqualTo("t|l:l1");
  }

  @Test
  void mailboxAndThreadStandInForTheList() {
    assertThat(EventKey.of(event().setMailbox("b1").setThread("h1").build()))
        .isEqualTo("t|t:b1:h1");
    assertThat(EventKey.of(event().setMailbox("b1").build())).isEqualTo("t|t:b1:");
  }

  @Test
  void eventStandsAloneWhereItNamesNothing() {
    assertThat(EventKey.of(event().build())).isEqualTo("t|e:e1");
  }

  private static EmailEvent.Builder event() {
    return EmailEvent.newBuilder()
        .setTenant("t")
        .setEventId("e1")
        .setType(EventType.OPENED.wireName())
        .setEventTime(Instant.EPOCH)
        .setIngestTime(Instant.EPOCH)
        .setSource("post");
  }
}
