package io.aftersend.processor.intake;

import io.aftersend.processor.accounting.Position;
import io.aftersend.processor.deadletter.Unusable;
import io.aftersend.processor.deadletter.Unusable.Reason;
import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.verdict.Judgement;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Decodes, checks, judges and enriches records of the topic of events. Keeps nothing between
/// records.
///
/// @param topic the topic, for its deserializer
/// @param rules by which events are judged
/// @param retentionDays days for which a tenant's events are kept, by tenant; safe for any thread
public record Intake(
    String topic,
    Deserializer<EmailEvent> events,
    RuleTable rules,
    ToIntFunction<String> retentionDays,
    Enrichment enrichment) {
  /// Largest record taken, in bytes: a judged event is a little larger than the event, and must
  /// still be below the size that brokers accept by default.
  private static final int MAX_BYTES = 900 * 1024;

  /// The number of leading fields that a judged event has from the event.
  private static final int SHARED_FIELDS = EmailEvent.getClassSchema().getFields().size();

  /// What becomes of a record.
  public sealed interface Result {}

  /// An event that can be counted.
  public record Usable(String key, JudgedEvent event) implements Result {}

  /// A record to set aside.
  ///
  /// @param position where it lies in a journal; null where that cannot be read
  public record SetAside(Unusable unusable, @Nullable Position position) implements Result {}

  /// Takes in one record. Never throws.
  public Result take(byte @Nullable [] key, byte @Nullable [] value) {
    if (value == null) {
      return setAside(Reason.EMPTY, "expected an Avro EmailEvent, got no value", null);
    }
    EmailEvent event;
    try {
      event = events.deserialize(topic, value);
    } catch (RuntimeException e) {
      return value.length > MAX_BYTES
          ? tooLarge(value.length, null)
          : setAside(Reason.UNDECODABLE, String.valueOf(e.getMessage()), null);
    }
    Position position = Position.of(event);
    if (value.length > MAX_BYTES) {
      return tooLarge(value.length, position);
    }
    try {
      String textKey = key == null ? null : new String(key, StandardCharsets.UTF_8);
      Unusable unusable = EventChecks.check(textKey, event);
      return unusable != null || textKey == null
          ? new SetAside(unusable == null ? noKey() : unusable, position)
          : new Usable(textKey, judge(event));
    } catch (RuntimeException e) {
      return setAside(Reason.FAILED, "expected to judge the event, got " + e, position);
    }
  }

  private static SetAside tooLarge(int lengthBytes, @Nullable Position position) {
    return setAside(
        Reason.TOO_LARGE,
        "expected at most %d bytes, got %d".formatted(MAX_BYTES, lengthBytes),
        position);
  }

  private static Unusable noKey() {
    return new Unusable(Reason.WRONG_KEY, "expected a key, got none");
  }

  private static SetAside setAside(Reason reason, String error, @Nullable Position position) {
    return new SetAside(new Unusable(reason, error), position);
  }

  private JudgedEvent judge(EmailEvent event) {
    EventType type = EventType.ofWireName(event.getType());
    if (type == null) {
      throw new IllegalStateException("an unknown type was let through: " + event.getType());
    }
    JudgedEvent judged = new JudgedEvent();
    for (int field = 0; field < SHARED_FIELDS; field++) {
      judged.put(field, event.get(field));
    }
    rules.judge(type, event).noteIn(judged);
    judged.setRuleVersion(rules.version());
    judged.setRevision(Judgement.FIRST_REVISION);
    judged.setCounted(!event.getTest());
    judged.setExpiresOn(expiry(event));
    enrichment.enrich(type, judged);
    return judged;
  }

  private LocalDate expiry(EmailEvent event) {
    int days = retentionDays.applyAsInt(event.getTenant());
    return LocalDate.ofInstant(event.getIngestTime(), ZoneOffset.UTC).plusDays(days);
  }
}
