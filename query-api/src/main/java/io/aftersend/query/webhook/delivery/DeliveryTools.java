package io.aftersend.query.webhook.delivery;

import io.aftersend.query.webhook.store.ConsumerFactory;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What all workers share. Safe for any thread.
record DeliveryTools(
    Topics topics,
    WebhookStore store,
    ConsumerFactory consumers,
    InstantSource clock,
    RandomGenerator random,
    DeliveryMetrics metrics) {}
