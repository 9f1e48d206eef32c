package io.aftersend.edge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.http.AnswerTimes;
import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.metrics.EdgeMetrics.HitOutcome;
import io.aftersend.links.Endpoint;
import io.aftersend.links.TokenStatus;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HitMetricsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EdgeMetrics metrics = new EdgeMetrics(registry);

  private String text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void sumsTheCountsOfAllLoopsAndThreads() throws Exception {
    HitCounts one = metrics.hitCounts();
    HitCounts other = metrics.hitCounts();
    one.hit(Endpoint.OPEN, HitOutcome.RECORDED);
    other.hit(Endpoint.OPEN, HitOutcome.RECORDED);
    metrics.hit(Endpoint.UNSUBSCRIBE, HitOutcome.NOT_DURABLE);
    other.tokenRejected(Endpoint.CONVERSION, TokenStatus.FOREIGN_TENANT);
    one.lost(AppendOutcome.DISK_BEHIND);
    one.lost(AppendOutcome.CLOSED);
    other.lost(AppendOutcome.DISK_BEHIND);
    assertThat(text())
        .contains(
            "aftersend_edge_hits_total{endpoint=\"open\",outcome=\"recorded\"} 2.0",
            "aftersend_edge_hits_total{endpoint=\"open\",outcome=\"lost\"} 0.0",
            "aftersend_edge_hits_total{endpoint=\"unsubscribe\",outcome=\"not_durable\"} 1.0",
            "aftersend_edge_tokens_rejected_total{endpoint=\"conversion\",reason=\"foreign_tenant\"}"
                + " 1.0",
            "aftersend_edge_events_lost_total{reason=\"disk_behind\"} 2.0",
            "aftersend_edge_events_lost_total{reason=\"closed\"} 1.0")
        .doesNotContain("reason=\"kept\"");
  }

  @Test
  void putsAnswersIntoBucketsByTheirTime() throws Exception {
    AnswerTimes one = metrics.answerTimes();
    AnswerTimes other = metrics.answerTimes();
    one.answered(3, 1_024);
    other.answered(1, 1_025);
    other.answered(2, 2_000_000_000L);
    assertThat(text())
        .contains(
            "aftersend_edge_answer_seconds_bucket{le=\"1.024E-6\"} 3",
            "aftersend_edge_answer_seconds_bucket{le=\"1.536E-6\"} 4",
            "aftersend_edge_answer_seconds_bucket{le=\"1.073741824\"} 4",
            "aftersend_edge_answer_seconds_bucket{le=\"+Inf\"} 6",
            "aftersend_edge_answer_seconds_count 6",
            "aftersend_edge_answer_seconds_sum 4.000004097");
  }

  @Test
  void putsEveryTimeUnderTheLeastBoundThatIsNotBelowIt() {
    for (int bucket = 0; bucket <= 40; bucket++) {
      long bound = AnswerSeconds.upperBoundNs(bucket);
      assertThat(AnswerSeconds.bucketOf(bound)).isEqualTo(bucket);
      assertThat(AnswerSeconds.bucketOf(bound + 1)).isEqualTo(bucket + 1);
    }
    assertThat(AnswerSeconds.bucketOf(0)).isZero();
    assertThat(AnswerSeconds.bucketOf(Long.MAX_VALUE)).isEqualTo(41);
  }
}
