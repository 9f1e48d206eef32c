package io.aftersend.query.webhook.delivery;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One thing to be posted.
///
/// @param id the same for the same thing, whenever it is posted
/// @param type such as `event.clicked`
/// @param order those with the same are delivered one after the other
/// @param partition where its record lies
/// @param arrivedAt when its record arrived
/// @param body borrowed: never changed
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Delivery(
    String id,
    String type,
    String order,
    TopicPartition partition,
    long offset,
    Instant arrivedAt,
    @Nullable String campaign,
    @Nullable String message,
    @Nullable String eventId,
    byte[] body) {}
