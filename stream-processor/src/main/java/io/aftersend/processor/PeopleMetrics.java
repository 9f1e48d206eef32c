package io.aftersend.processor;

import io.aftersend.processor.mailbox.MailboxStageMetrics;
import io.aftersend.processor.signal.SignalMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What the stages of people and teams tell operators.
record PeopleMetrics(MailboxStageMetrics mailbox, SignalMetrics signals) {
  PeopleMetrics(PrometheusRegistry registry) {
    this(new MailboxStageMetrics(registry), new SignalMetrics(registry));
  }
}
