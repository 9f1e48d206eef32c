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
/// events a second come in. Nobody misses an event, gets one twice or is cut off; nor do those who
/// leave in the middle and resume.
@Tag("full")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveFeedLoadIT {
  private static final int OF_ONE_CAMPAIGN = 995;
  private static final int OF_ALL = 5;
  private static final int CAMPAIGNS = 1_000;
  private static final int EVENTS_A_SECOND = 5_000;
  private static final int SECONDS = 20;

  /// Every so many readers one leaves in the middle and comes back.
  private static final int LEAVES_EVERY = 10;

  private static final int EVENTS = EVENTS_A_SECOND * SECONDS;

  @Test
  void nobodyMissesAnEventOrIsCutOff(@TempDir Path directory) throws Exception {
    Map<String, String> settings = RunningUp.settings(directory);
    settings.put("AFTERSEND_API_MAX_REQUESTS_PER_KEY", "100000");
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try (AftersendProcess up =
        AftersendProcess.start(AftersendProcess.OPTIMISING, directory, settings, "up")) {
      Client client = Client.of(up.ready());
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < OF_ONE_CAMPAIGN + OF_ALL; i++) {
        boolean isOfAll = i < OF_ALL;
        String query = isOfAll ? "" : "?campaign=c" + i;
        LiveClient reader = LiveClient.connect(client, query, null);
        assertThat(Objects.requireNonNull(reader.next()).name()).isEqualTo("ready");
        int expected = isOfAll ? EVENTS : EVENTS / CAMPAIGNS;
        boolean leaves = i % LEAVES_EVERY == 0;
        readers.add(
            threads.submit(
                () -> {
                  LiveClient now = reader;
                  Set<String> seen = new HashSet<>();
                  if (leaves) {
                    read(now, seen, expected / 2);
                    now.close();
                    now = LiveClient.connect(client, query, now.lastId());
                  }
                  read(now, seen, expected);
                  now.close();
                  return seen.size();
                }));
      }
      post(client);
      for (int i = 0; i < readers.size(); i++) {
        assertThat(readers.get(i).get())
            .as("reader %d", i)
            .isEqualTo(i < OF_ALL ? EVENTS : EVENTS / CAMPAIGNS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /// Reads until so many different events were seen.
  ///
  /// @throws IOException when an event comes twice, or the stream is cut
  private static void read(LiveClient reader, Set<String> seen, int until) throws IOException {
    while (seen.size() < until) {
      Message message = reader.next();
      if (message == null || !Set.of("message", "ready").contains(message.name())) {
        throw new IOException("after %d events: %s".formatted(seen.size(), message));
      }
      if (message.name().equals("message")) {
        String id = message.data().get("message").asText();
        if (!seen.add(id)) {
          throw new IOException(id + " came twice");
        }
      }
    }
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
