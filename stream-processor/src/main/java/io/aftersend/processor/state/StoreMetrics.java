package io.aftersend.processor.state;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// What the stores take, as Kafka Streams measures it itself. Safe for any thread.
public final class StoreMetrics {
  private static final String GROUP = "stream-state-metrics";

  private final Supplier<Map<MetricName, ? extends Metric>> metrics;

  private StoreMetrics(Supplier<Map<MetricName, ? extends Metric>> metrics) {
    this.metrics = metrics;
  }

  /// Registers them.
  ///
  /// @param metrics the present ones of Kafka Streams
  public static void register(
      PrometheusRegistry registry, Supplier<Map<MetricName, ? extends Metric>> metrics) {
    StoreMetrics stores = new StoreMetrics(metrics);
    GaugeWithCallback.builder()
        .name("aftersend_processor_store_bytes")
        .help(
            "Bytes of all RocksDB stores: the block cache that they share, which takes in their"
                + " write buffers; those alone; what table readers hold outside of it; and files.")
        .labelNames("part")
        .callback(
            callback -> {
              // Every store reports the cache that they share.
              callback.call(stores.values("block-cache-usage").max().orElse(0), "block_cache");
              callback.call(stores.values("size-all-mem-tables").sum(), "write_buffers");
              callback.call(stores.values("estimate-table-readers-mem").sum(), "table_readers");
              callback.call(stores.values("total-sst-files-size").sum(), "files");
            })
        .register(registry);
  }

  private DoubleStream values(String name) {
    return metrics.get().entrySet().stream()
        .filter(entry -> entry.getKey().group().equals(GROUP) && entry.getKey().name().equals(name))
        .map(entry -> entry.getValue().metricValue())
        .filter(Number.class::isInstance)
        .mapToDouble(value -> ((Number) value).doubleValue());
  }
}
