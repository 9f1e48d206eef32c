package io.aftersend.query.webhook.delivery;

import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Records to try things with.
final class Samples {
  static final Instant AT = Instant.parse("2026-06-01T10:00:00.5Z");

  private Samples() {}

  /// A click of `acme`'s message `m1` by a person.
  static JudgedEvent.Builder click() {
    return JudgedEvent.newBuilder()
        .setEventId("e1")
        .setTenant("acme")
        .setType("clicked")
        .setEventTime(AT)
        .setIngestTime(AT)
        .setSource("redirect")
        .setCampaign("spring")
        .setMessage("m1")
        .setVerdict("human")
        .setReasons(List.of("post"))
        .setRevision(2)
        .setJournal("00112233aabbccdd")
        .setLane(1)
        .setSequence(9L)
        .setExpiresOn(LocalDate.of(2027, 7, 1));
  }

  /// A signal of `acme`'s message `m1`.
  static Signal.Builder signal() {
    return Signal.newBuilder()
        .setSignalId("s1")
        .setTenant("acme")
        .setSignal("opened_often")
        .setLevel("")
        .setCampaign("spring")
        .setMessage("m1")
        .setDay(LocalDate.of(2026, 6, 1))
        .setEventTime(AT)
        .setRaisedAt(AT)
        .setNumerator(5L);
  }

  /// `acme`'s webhook of clicks and of openings that are often.
  static WebhookSubscription.Builder webhook() {
    return WebhookSubscription.newBuilder()
        .setTenant("acme")
        .setWebhook("wh_1")
        .setUrl("https://receiver.example.com/")
        .setEvents(List.of("clicked"))
        .setSignals(List.of("opened_often"))
        .setHumanOnly(false)
        .setEnabled(true)
        .setSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        .setCreatedAt(AT)
        .setVersion(1);
  }
}
