package io.aftersend.processor.attribution;

import io.aftersend.schemas.event.JudgedEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Makes judged events of recipient `r`, at hours after noon.
final class JudgedEvents {
  static final String TENANT = "acme";
  static final String RECIPIENT = "r";

  private JudgedEvents() {}

  /// A person's click on a link of a message of a campaign.
  static JudgedEvent click(String id, String campaign, @Nullable String message, long hour) {
    JudgedEvent event = event("clicked", id, hour);
    event.setCampaign(campaign);
    event.setMessage(message);
    return event;
  }

  /// A person's conversion that names its recipient only.
  static JudgedEvent conversion(String id, long hour) {
    JudgedEvent event = event("converted", id, hour);
    event.setCounted(false);
    return event;
  }

  /// A person's conversion that names its message.
  static JudgedEvent named(String id, String campaign, @Nullable String message, long hour) {
    JudgedEvent event = event("converted", id, hour);
    event.setCampaign(campaign);
    event.setMessage(message);
    return event;
  }

  private static JudgedEvent event(String type, String id, long hour) {
    return JudgedEvent.newBuilder()
        .setEventId(id)
        .setTenant(TENANT)
        .setType(type)
        .setEventTime(AttributionFixture.NOON.plus(Duration.ofHours(hour)))
        .setIngestTime(AttributionFixture.NOON)
        .setSource("post")
        .setRecipient(RECIPIENT)
        .setVerdict("human")
        .setRevision(1)
        .setExpiresOn(LocalDate.parse("2027-01-01"))
        .build();
  }

  static JudgedEvent judged(JudgedEvent event, long revision, String verdict) {
    JudgedEvent again = JudgedEvent.newBuilder(event).build();
    again.setRevision(revision);
    again.setVerdict(verdict);
    return again;
  }

  static JudgedEvent order(JudgedEvent event, String order) {
    event.setOrder(order);
    return event;
  }

  static JudgedEvent earning(JudgedEvent event, String value, @Nullable String currency) {
    event.setValue(new BigDecimal(value).setScale(6));
    event.setCurrency(currency);
    return event;
  }
}
