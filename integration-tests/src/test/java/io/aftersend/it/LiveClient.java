package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One connection to the live feed, read message by message as the standard of server-sent events
/// has it. For one thread.
final class LiveClient implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;
  private @Nullable String lastId;

  /// What came: an event of mail (`message`), or `ready`, `reset`, `cut`.
  record Message(String name, JsonNode data) {}

  private LiveClient(InputStream body, @Nullable String lastId) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.lastId = lastId;
  }

  /// Connects; returns when the feed has answered.
  ///
  /// @param query such as `?type=opened`, or nothing
  /// @param lastId where to resume; null: now
  static LiveClient connect(Client client, String query, @Nullable String lastId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(client.api() + "/api/v1/live" + query))
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + client.key());
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      HttpResponse<InputStream> response =
          client.http().send(request.build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      return new LiveClient(response.body(), lastId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// The next message, heartbeats passed over; null at the end of the stream.
  @Nullable Message next() throws IOException {
    String name = "message";
    String data = null;
    String line = lines.readLine();
    while (line != null) {
      if (line.isEmpty() && data != null) {
        return new Message(name, Client.json(data));
      }
      int colon = line.indexOf(": ");
      String value = colon < 0 ? "" : line.substring(colon + 2);
      switch (colon < 0 ? line : line.substring(0, colon)) {
        case "id" -> lastId = value;
        case "event" -> name = value;
        case "data" -> data = value;
        default -> {}
      }
      line = lines.readLine();
    }
    return null;
  }

  /// The id of the last message that had one.
  @Nullable String lastId() {
    return lastId;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
