package io.aftersend.processor;

import io.aftersend.processor.count.Recount;
import io.aftersend.processor.count.Recounted;
import io.aftersend.processor.enrich.Enrichments;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.topic.AvroSerde;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;

/// What `rejudge` would send of a tenant's events.
final class Rejudgements {
  private static final AvroSerde<MessageRejudgement> SERDE = AvroSerde.of(MessageRejudgement.class);

  private Rejudgements() {}

  /// The messages that come out otherwise under those rules, by key.
  static List<KeyValue<String, MessageRejudgement>> of(
      TopologyFixture topology, String tenant, RuleTable rules) {
    Recount recount =
        new Recount(
            rules,
            Enrichments.with(List.of(), new PrometheusRegistry()),
            TopologyFixture.HINDSIGHT);
    List<KeyValue<String, MessageRejudgement>> rejudgements = new ArrayList<>();
    byKey(topology, tenant)
        .forEach(
            (key, all) -> {
              for (List<JudgedEvent> events : Recount.byFacts(key, all)) {
                Recounted recounted = recount.of(key, events);
                if (recounted.isChanged()) {
                  rejudgements.add(
                      KeyValue.pair(key, recounted.record(rules.fingerprint(), events)));
                }
              }
            });
    return rejudgements;
  }

  private static Map<String, List<JudgedEvent>> byKey(TopologyFixture topology, String tenant) {
    Map<String, List<JudgedEvent>> byKey = new LinkedHashMap<>();
    topology.latest(tenant).values().stream()
        .sorted(
            Comparator.comparing(JudgedEvent::getIngestTime).thenComparing(JudgedEvent::getEventId))
        .forEach(
            event ->
                byKey.computeIfAbsent(EventKey.of(event), any -> new ArrayList<>()).add(event));
    return byKey;
  }

  static void pipe(TopologyFixture topology, KeyValue<String, MessageRejudgement> record) {
    pipe(topology, record, EventBuilder.NOON.plusSeconds(7_200));
  }

  static void pipe(
      TopologyFixture topology, KeyValue<String, MessageRejudgement> record, Instant time) {
    topology.pipeRejudgement(record.key, SERDE.encode(record.value), time);
  }
}
