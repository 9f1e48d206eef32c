package io.aftersend.query;

import io.aftersend.query.http.Route;
import io.aftersend.query.settings.KafkaSettings;
import io.aftersend.query.webhook.WebhookRoutes;
import io.aftersend.query.webhook.delivery.Courier;
import io.aftersend.query.webhook.delivery.Deliveries;
import io.aftersend.query.webhook.receiver.Receiver;
import io.aftersend.query.webhook.receiver.Targets;
import io.aftersend.query.webhook.store.ConsumerFactory;
import io.aftersend.query.webhook.store.KafkaWebhooks;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// Webhooks as a part of the API service: their store, their routes, their deliveries. It starts
/// without waiting for Kafka.
final class WebhookService implements AutoCloseable {
  private final KafkaWebhooks store;
  private final Receiver receiver;
  private final Deliveries deliveries;
  private final List<Route> routes;

  private WebhookService(
      KafkaWebhooks store, Receiver receiver, Deliveries deliveries, List<Route> routes) {
    this.store = store;
    this.receiver = receiver;
    this.deliveries = deliveries;
    this.routes = routes;
  }

  /// Starts to deliver.
  ///
  /// @param publisher borrowed; closed after this
  static WebhookService start(
      ApiConfig config, KafkaSettings publisher, PrometheusRegistry registry, InstantSource clock) {
    ConsumerFactory consumers = new ConsumerFactory(config.kafka().cluster());
    String prefix = config.kafka().topicPrefix();
    KafkaWebhooks store =
        KafkaWebhooks.start(Topics.withPrefix(prefix), publisher, consumers, clock);
    Targets targets = Targets.of(config.webhookAddresses());
    Receiver receiver = Receiver.of(targets);
    List<Route> routes =
        WebhookRoutes.of(
            store,
            targets,
            new Courier(receiver, clock),
            clock,
            new SecureRandom(),
            new WebhookRoutes.Limits(config.http().maxBodyBytes(), config.http().maxCsvRows()));
    Deliveries deliveries = Deliveries.start(prefix, store, consumers, targets, clock, registry);
    return new WebhookService(store, receiver, deliveries, routes);
  }

  List<Route> routes() {
    return routes;
  }

  /// Stops deliveries within some seconds, telling how far they came.
  @Override
  public void close() {
    deliveries.close();
    store.close();
    receiver.close();
  }
}
