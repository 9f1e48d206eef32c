package io.aftersend.edge.post;

import io.aftersend.edge.network.NetworkTable;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A posted event while its fields are read.
final class Draft {
  final EmailEvent event = new EmailEvent();
  final Instant ingestTime;
  final NetworkTable networks;
  @Nullable EventType type;

  Draft(Instant ingestTime, NetworkTable networks) {
    this.ingestTime = ingestTime;
    this.networks = networks;
    event.setSource("post");
    event.setEventTime(ingestTime);
    event.setIngestTime(ingestTime);
    event.setLabels(List.of());
  }
}
