package io.aftersend.query.live;

import io.aftersend.schemas.event.JudgedEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Judged events of tests.
final class JudgedEvents {
  private JudgedEvents() {}

  /// An event with what it must have; a test sets further fields.
  static JudgedEvent.Builder of(String id, String tenant, String type) {
    Instant time = Instant.parse("2026-11-27T12:00:00Z");
    return JudgedEvent.newBuilder()
        .setEventId(id)
        .setTenant(tenant)
        .setType(type)
        .setEventTime(time)
        .setIngestTime(time)
        .setSource("post")
        .setLabels(List.of())
        .setTest(false)
        .setVerdict("human")
        .setReasons(List.of())
        .setConfidence(0.5)
        .setRuleVersion(1)
        .setRevision(1)
        .setCounted(true)
        .setExpiresOn(LocalDate.parse("2028-01-01"));
  }
}
