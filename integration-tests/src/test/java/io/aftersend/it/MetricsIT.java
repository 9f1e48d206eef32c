package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.MetricsReference.Metric;
import io.aftersend.it.RunningUp.Up;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a monitoring system reads of the services after some events.
@ExtendWith(RunningUp.class)
class MetricsIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Up up;

  MetricsIT(Up up) {
    this.up = up;
  }

  @Test
  void everyPageShowsWhatTheReferenceTells() throws IOException {
    Map<String, Metric> written = MetricsReference.written();
    up.client()
        .post(
            List.of(
                Map.of("type", "sent", "campaign", "metrics", "message", "m", "event_id", "s")));

    Await.untilAsserted(
        DEADLINE,
        () -> {
          for (String service : List.of("edge", "processor", "api")) {
            Map<String, Metric> shown = MetricsReference.shown(page(service));
            assertThat(shown).as(service).hasSizeGreaterThan(5);
            assertThat(written).as(service).containsAllEntriesOf(shown);
          }
          return assertThat(new TreeSet<>(MetricsReference.shown(page("processor")).keySet()))
              .contains("aftersend_sink_rows_total", "aftersend_processor_events_counted_total");
        });
  }

  private String page(String service) {
    ReadyLine ready = up.process().ready();
    String url = ready.field(service.equals("edge") ? "admin" : service) + "/metrics";
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError(url, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
