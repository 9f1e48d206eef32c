package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.TrackingMode;
import io.aftersend.schemas.event.EmailEvent;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrackingModeTest {
  private final RunningEdge edge = RunningEdge.start();

  @AfterEach
  void stop() {
    edge.close();
  }

  private String path(Endpoint endpoint, LinkClaims claims) {
    return "/" + endpoint.letter() + "/" + edge.tenants.token(endpoint, claims);
  }

  private static LinkClaims inMode(TrackingMode mode) {
    return TestTenants.claims().trackingMode(mode).build();
  }

  @Test
  void answersMailNotToBeTrackedAndRecordsNothing() throws Exception {
    assertThat(edge.get(path(Endpoint.OPEN, inMode(TrackingMode.NONE))).statusCode())
        .isEqualTo(200);
    assertThat(edge.get(path(Endpoint.CLICK, inMode(TrackingMode.NONE))).statusCode())
        .isEqualTo(302);
    edge.get(path(Endpoint.PAGE_VIEW, TestTenants.claims().build()));
    assertThat(edge.event().getType()).isEqualTo("page_viewed");
    assertThat(edge.metrics())
        .contains("aftersend_edge_hits_total{endpoint=\"open\",outcome=\"not_tracked\"} 1.0");
  }

  @Test
  void recordsNothingOfThePersonInAggregateMode() throws Exception {
    edge.send(
        edge.request(path(Endpoint.OPEN, inMode(TrackingMode.AGGREGATE)))
            .header("Referer", "https://intranet.example/")
            .GET());
    EmailEvent event = edge.event();
    assertThat(event.getCampaign()).isEqualTo("c1");
    assertThat(event.getTrackingMode()).isEqualTo("aggregate");
    assertThat(event.getMessage()).isEqualTo("m1");
    assertThat(event.getRecipient()).isNull();
    assertThat(event.getAccount()).isNull();
    assertThat(event.getIp()).isNull();
    assertThat(event.getAsn()).isNull();
    assertThat(event.getUserAgent()).isNull();
    assertThat(event.getReferer()).isNull();
    assertThat(event.getEventTime()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(event.getIngestTime()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
  }
}
