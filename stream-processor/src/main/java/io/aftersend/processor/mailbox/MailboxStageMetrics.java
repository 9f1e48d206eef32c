package io.aftersend.processor.mailbox;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What the counting of mailboxes left out.
public final class MailboxStageMetrics {
  private final Counter overflows;

  public MailboxStageMetrics(PrometheusRegistry registry) {
    overflows =
        Counter.builder()
            .name("aftersend_processor_mailbox_overflow_total")
            .help("Mails that take no part in response times: too many in one conversation.")
            .register(registry);
  }

  void onOverflow() {
    overflows.inc();
  }
}
