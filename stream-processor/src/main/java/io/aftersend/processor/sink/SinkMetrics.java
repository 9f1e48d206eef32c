package io.aftersend.processor.sink;

import io.aftersend.processor.deadletter.Unusable;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What the sink did.
public final class SinkMetrics {
  private final Counter rows;
  private final Counter deadLetters;
  private final Counter withoutValue;
  private final Counter retries;
  private final Counter restarts;
  private final Gauge lag;
  private final Histogram insertSeconds;
  private final Histogram ageSeconds;

  public SinkMetrics(PrometheusRegistry registry) {
    rows =
        Counter.builder()
            .name("aftersend_sink_rows_total")
            .help("Rows that ClickHouse acknowledged, repeats after a restart included.")
            .labelNames("table")
            .register(registry);
    deadLetters =
        Counter.builder()
            .name("aftersend_sink_dead_letters_total")
            .help("Records that could not be stored, by reason.")
            .labelNames("reason")
            .register(registry);
    withoutValue =
        Counter.builder()
            .name("aftersend_sink_records_without_value_total")
            .help("Records that say that their key is gone, passed over: rows are not deleted.")
            .labelNames("topic")
            .register(registry);
    retries =
        Counter.builder()
            .name("aftersend_sink_retries_total")
            .help("Inserts that failed and were tried again.")
            .labelNames("table")
            .register(registry);
    restarts =
        Counter.builder()
            .name("aftersend_sink_restarts_total")
            .help("Times that the sink began anew after an error.")
            .register(registry);
    lag =
        Gauge.builder()
            .name("aftersend_sink_lag_records")
            .help("Records in Kafka that the sink has not read yet, by topic.")
            .labelNames("topic")
            .register(registry);
    insertSeconds =
        Histogram.builder()
            .name("aftersend_sink_insert_seconds")
            .help("Time of one insert, by table.")
            .labelNames("table")
            .register(registry);
    ageSeconds =
        Histogram.builder()
            .name("aftersend_sink_age_seconds")
            .help(
                "Age of the oldest record of a batch, from its ingest to its stored row, by part.")
            .labelNames("part")
            .register(registry);
  }

  void onInserted(String table, int count, long tookNs) {
    rows.labelValues(table).inc(count);
    insertSeconds.labelValues(table).observe(tookNs / 1e9);
  }

  void onDeadLetter(Unusable.Reason reason) {
    deadLetters.labelValues(reason.wireName()).inc();
  }

  void onRecordWithoutValue(String topic) {
    withoutValue.labelValues(topic).inc();
  }

  void onRetry(String table) {
    retries.labelValues(table).inc();
  }

  void onRestart() {
    restarts.inc();
  }

  void onLag(String topic, long records) {
    lag.labelValues(topic).set((double) records);
  }

  void onBatchStored(String part, long oldestAgeMs) {
    ageSeconds.labelValues(part).observe(oldestAgeMs / 1e3);
  }
}
