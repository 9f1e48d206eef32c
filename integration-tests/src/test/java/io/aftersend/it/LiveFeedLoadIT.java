package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.LiveClient.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A thousand readers of the live feed: most of one campaign each, some of everything, while 5,000
/// events a second come in.
@Tag("full")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveFeedLoadIT {
  private static final int OF_ONE_CAMPAIGN = 995;
  private static final int OF_ALL = 5;
  private static final int CAMPAIGNS = 1_000;
  private static final int EVENTS_A_SECOND = 5_000;
  private static final int SECONDS = 20;
  private static final int EVENTS = EVENTS_A_SECOND * SECONDS;

  @Test
  void nobodyMissesAnEventOrIsCutOff(@TempDir Path directory) throws Exception {
    try (RunningUp.Up up = RunningUp.startIn(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Client client = up.client();
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < OF_ONE_CAMPAIGN + OF_ALL; i++) {
        boolean isOfAll = i < OF_ALL;
        String query = isOfAll ? "" : "?campaign=c" + i;
        LiveClient reader = LiveClient.connect(client, query, null);
        assertThat(Objects.requireNonNull(reader.next()).name()).isEqualTo("ready");
        readers.add(threads.submit(reading(reader, isOfAll ? EVENTS : EVENTS / CAMPAIGNS)));
      }
      post(client);
      for (int i = 0; i < readers.size(); i++) {
        assertThat(readers.get(i).get())
            .as("reader %d", i)
            .isEqualTo(i < OF_ALL ? EVENTS : EVENTS / CAMPAIGNS);
      }
    }
  }

  /// The number of different events that came before any was missed or the stream was cut.
  private static Callable<Integer> reading(LiveClient reader, int expected) {
    return () -> {
      Set<String> seen = new HashSet<>();
      while (seen.size() < expected) {
        Message message = reader.next();
        if (message == null || !message.name().equals("message")) {
          throw new IOException("after %d events: %s".formatted(seen.size(), message));
        }
        String id = message.data().get("message").asText();
        if (!seen.add(id)) {
          throw new IOException(id + " came twice");
        }
      }
      reader.close();
      return seen.size();
    };
  }

  /// Event k is of campaign k modulo 1,000, and of a message of its own.
  private static void post(Client client) {
    long startNs = System.nanoTime();
    for (int from = 0; from < EVENTS; from += EVENTS_A_SECOND / 2) {
      List<Map<String, Object>> events = new ArrayList<>();
      for (int k = from; k < from + EVENTS_A_SECOND / 2; k++) {
        events.add(
            new HashMap<>(
                Map.of(
                    "type",
                    "opened",
                    "campaign",
                    "c" + k % CAMPAIGNS,
                    "message",
                    "m" + k,
                    "event_time",
                    Instant.now().toString())));
      }
      client.post(events);
      long dueNs = startNs + (from + EVENTS_A_SECOND / 2) * 1_000_000_000L / EVENTS_A_SECOND;
      LockSupport.parkNanos(dueNs - System.nanoTime());
    }
  }
}
