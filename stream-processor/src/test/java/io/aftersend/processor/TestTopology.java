package io.aftersend.processor;

import io.aftersend.processor.attribution.AttributionMetrics;
import io.aftersend.processor.count.CountMetrics;
import io.aftersend.processor.count.RejudgementMetrics;
import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.hindsight.HindsightMetrics;
import io.aftersend.processor.intake.IntakeMetrics;
import io.aftersend.processor.list.ListStageMetrics;
import io.aftersend.processor.verdict.RuleFile;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.streams.Topology;

/// The production topology with the settings of [TopologyFixture].
final class TestTopology {
  private TestTopology() {}

  static Topology of(Topics topics, PrometheusRegistry registry, Enrichment enrichment) {
    return of(topics, registry, enrichment, RuleFile.builtIn());
  }

  static Topology of(
      Topics topics, PrometheusRegistry registry, Enrichment enrichment, RuleTable rules) {
    TopologySettings settings =
        new TopologySettings(
            TopologyFixture.HORIZON,
            TopologyFixture.IDS_PER_MESSAGE,
            TopologyFixture.FACTS_KEPT,
            TopologyFixture.FLUSH,
            TopologyFixture.HINDSIGHT,
            TopologyFixture.ATTRIBUTION_WINDOW,
            TopologyFixture.RATE_LIMITS,
            rules);
    return ProcessorTopology.build(
        settings,
        topics,
        tenant -> TopologyFixture.RETENTION_DAYS,
        enrichment,
        new IntakeMetrics(registry),
        new CountMetrics(registry),
        new RejudgementMetrics(registry),
        new HindsightMetrics(registry),
        new ListStageMetrics(registry),
        new AttributionMetrics(registry),
        new PeopleStages(
            settings, topics, tenant -> TopologyFixture.ZONE, new PeopleMetrics(registry)));
  }
}
