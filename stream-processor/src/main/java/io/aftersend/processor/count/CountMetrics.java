package io.aftersend.processor.count;

import io.aftersend.processor.accounting.Arrival;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// What counting did with the judged events: every event is in exactly one of `counted`,
/// `uncounted`, `repeats` and `resent`. After a crash, events whose transaction was aborted are
/// counted again here, though not in any result.
public final class CountMetrics {
  private final Counter counted;
  private final Counter uncounted;
  private final Counter repeats;
  private final Counter resent;
  private final Counter lostQuarters;
  private final Counter overflows;
  private final Counter unchecked;
  private final Counter late;

  /// Why an event is stored without entering a campaign's counts.
  enum Uncounted {
    /// A proof or a seed mail.
    TEST,
    /// Another conversion had the same order.
    ORDER_REPEATED,
    /// A conversion that names neither campaign nor message.
    UNATTRIBUTED,
    /// It names no campaign and no message whose campaign might become known.
    NO_CAMPAIGN
  }

  public CountMetrics(PrometheusRegistry registry) {
    counted =
        Counter.builder()
            .name("aftersend_processor_events_counted_total")
            .help("Events that entered the facts of their message, by type.")
            .labelNames("type")
            .register(registry);
    uncounted =
        Counter.builder()
            .name("aftersend_processor_events_uncounted_total")
            .help("Events stored without entering a campaign's counts, by reason.")
            .labelNames("reason")
            .register(registry);
    repeats =
        Counter.builder()
            .name("aftersend_processor_repeats_total")
            .help("Events dropped because an event of that message had the same id.")
            .register(registry);
    resent =
        Counter.builder()
            .name("aftersend_processor_resent_total")
            .help(
                "Events dropped because the record of the same journal, lane and sequence came before.")
            .register(registry);
    lostQuarters =
        Counter.builder()
            .name("aftersend_processor_heatmap_overflow_total")
            .help("Events in no heatmap bucket: too many quarters before the campaign was known.")
            .register(registry);
    overflows =
        Counter.builder()
            .name("aftersend_processor_dimension_overflow_total")
            .help(
                "Events not counted under their value of a dimension, since their message has too many values, by dimension.")
            .labelNames("dimension")
            .register(registry);
    unchecked =
        Counter.builder()
            .name("aftersend_processor_ids_not_remembered_total")
            .help(
                "Events whose repeats will count again, since as many ids of their message are remembered as may be.")
            .register(registry);
    late =
        Counter.builder()
            .name("aftersend_processor_late_events_total")
            .help(
                "Events counted in totals only, since earlier facts of their message may have been forgotten.")
            .register(registry);
  }

  void onLate() {
    late.inc();
  }

  void onCounted(String type) {
    counted.labelValues(type).inc();
  }

  void onUncounted(Uncounted reason) {
    uncounted.labelValues(reason.name().toLowerCase(Locale.ROOT)).inc();
  }

  void onCameBefore(Arrival arrival) {
    switch (arrival) {
      case REPEAT -> repeats.inc();
      case RESENT -> resent.inc();
      case FIRST -> throw new IllegalArgumentException("expected an event that came before");
    }
  }

  void onUnchecked() {
    unchecked.inc();
  }

  void onLostQuarter() {
    lostQuarters.inc();
  }

  void onOverflow(String dimension) {
    overflows.labelValues(dimension).inc();
  }
}
