package io.aftersend.query.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.Text;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/events`: events in the order in which they were judged, page by page, for readers
/// that come again. Safe for any thread.
final class PullFeed implements Route.Operation {
  private static final int MAX_EVENTS = 10_000;
  private static final int USUAL_EVENTS = 1_000;
  private static final Duration READ = Duration.ofMillis(200);

  /// After this a page ends, however few of the events it passed were asked for.
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private static final long WAIT_FOR_READER_MS = 5_000;

  private final TopicReaders readers;

  PullFeed(TopicReaders readers) {
    this.readers = readers;
  }

  /// Where a page begins.
  ///
  /// @param cursor behind the page before; of no partition where there was none
  /// @param since the first events that came in then; null: the oldest kept
  private record Beginning(Positions cursor, @Nullable Instant since) {}

  /// @param next where the next page begins
  /// @param isAtEnd whether there was nothing more
  /// @param isReset whether events between the cursor and this page are no longer kept
  private record PageOfEvents(
      List<LiveEvent> events, Positions next, boolean isAtEnd, boolean isReset) {}

  @Override
  public Answer answer(Call call) {
    MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON));
    QueryParameters parameters =
        QueryParameters.of(call.request(), EventFilter.parameters("since", "cursor", "limit"));
    EventFilter filter = EventFilter.of(call, parameters);
    Positions cursor = parameters.cursor(LiveFeed::position, Positions.NONE);
    Instant since = since(parameters);
    if (cursor.partitions() > 0 && since != null) {
      parameters.wrong("since", "expected cursor or since, got both");
    }
    int limit = parameters.number("limit", 1, MAX_EVENTS, USUAL_EVENTS);
    parameters.throwIfWrong();
    return Answer.json(json(page(filter, new Beginning(cursor, since), limit)));
  }

  private static @Nullable Instant since(QueryParameters parameters) {
    String text = parameters.text("since");
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      parameters.wrong("since", "expected a time in RFC 3339, got " + Text.quoted(text));
      return null;
    }
  }

  private PageOfEvents page(EventFilter filter, Beginning beginning, int limit) {
    try {
      TopicReader topic = readers.open(WAIT_FOR_READER_MS);
      if (topic == null) {
        throw new ProblemException(Problem.unavailable("too many read the feed at once"));
      }
      try {
        return read(topic, begin(topic, beginning), filter, limit);
      } finally {
        readers.close(topic);
      }
    } catch (KafkaException e) {
      throw new ProblemException(Problem.unavailable("Kafka cannot be reached now"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("the server stops"), e);
    }
  }

  /// Whether events before the beginning are missing.
  private static boolean begin(TopicReader topic, Beginning beginning) {
    Positions cursor = beginning.cursor();
    if (cursor.partitions() == 0) {
      if (beginning.since() != null) {
        topic.seek(topic.at(beginning.since()));
      }
      return false;
    }
    boolean isKept = topic.has(cursor);
    if (isKept) {
      topic.seek(cursor);
    }
    return !isKept;
  }

  private static PageOfEvents read(
      TopicReader topic, boolean isReset, EventFilter filter, int limit) {
    List<LiveEvent> events = new ArrayList<>();
    Positions end = topic.end();
    Positions next = topic.positions();
    long startNs = System.nanoTime();
    while (events.size() < limit
        && !next.reach(end)
        && System.nanoTime() - startNs < LONGEST.toNanos()) {
      for (LiveEvent event : topic.read(READ)) {
        if (events.size() == limit) {
          return new PageOfEvents(events, next, false, isReset);
        }
        if (filter.matches(event.event())) {
          events.add(event);
        }
        next = event.after();
      }
      next = topic.positions();
    }
    return new PageOfEvents(events, next, next.reach(end), isReset);
  }

  private static ObjectNode json(PageOfEvents page) {
    ObjectNode body = Json.object();
    ArrayNode events = body.putArray("events");
    page.events().forEach(event -> events.add(EventJson.of(event.event())));
    return body.put("next_cursor", OpaqueCursor.of(LiveFeed.CURSOR, page.next().toString()))
        .put("at_end", page.isAtEnd())
        .put("reset", page.isReset());
  }
}
