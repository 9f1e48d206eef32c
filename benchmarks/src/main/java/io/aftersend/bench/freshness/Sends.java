package io.aftersend.bench.freshness;

import io.aftersend.runtime.lifecycle.StartupException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the sender reports before anybody opens: that its messages were sent.
record Sends(Http http, URI edge, String key) {
  private static final int IN_ONE_POST = 10_000;

  /// Reports all messages of the load.
  ///
  /// @throws StartupException when the edge does not take one
  void post(int messages, Instant now) throws InterruptedException {
    for (int from = 0; from < messages; from += IN_ONE_POST) {
      int to = Math.min(messages, from + IN_ONE_POST);
      String lines =
          IntStream.range(from, to)
              .mapToObj(message -> line(message, now))
              .collect(Collectors.joining("\n"));
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(edge + "/v1/events"))
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Type", "application/x-ndjson")
                  .POST(BodyPublishers.ofString(lines)));
      if (response.statusCode() != 202
          || !response.body().contains("\"accepted\":" + (to - from) + ",")) {
        throw new StartupException("the edge refused sends: " + response.body());
      }
    }
  }

  private static String line(int message, Instant now) {
    return "{\"type\":\"sent\",\"campaign\":\"%s\",\"message\":\"%s\",\"event_time\":%d}"
        .formatted(SignedHits.campaign(message), SignedHits.message(message), now.toEpochMilli());
  }
}
