package io.aftersend.query.live;

import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.Text;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/live`: events as they happen, as server-sent events. The id of each is where a
/// reader resumes. Safe for any thread.
public final class LiveFeed implements Route.Operation, AutoCloseable {
  /// Version of the form of cursors.
  static final String CURSOR = "1:";

  private final TopicReaders readers;
  private final Tail tail;
  private final Semaphore places;
  private final Predicate<Call> isAllowed;

  private LiveFeed(TopicReaders readers, int maxReaders, Predicate<Call> isAllowed) {
    this.readers = readers;
    this.tail = Tail.start(readers);
    this.places = new Semaphore(maxReaders);
    this.isAllowed = isAllowed;
  }

  /// Starts without waiting for the brokers.
  ///
  /// @param maxReaders as many at once; more are refused
  /// @param isAllowed whether the caller may still read
  public static LiveFeed start(
      KafkaCluster cluster,
      Topic<String, JudgedEvent> topic,
      int maxReaders,
      Predicate<Call> isAllowed) {
    return new LiveFeed(TopicReaders.of(cluster, topic), maxReaders, isAllowed);
  }

  /// `GET /api/v1/events`, over the same topic.
  public Route.Operation pullFeed() {
    return new PullFeed(readers);
  }

  @Override
  public Answer answer(Call call) {
    MediaTypes.preferred(call.request(), List.of(MediaTypes.EVENT_STREAM));
    QueryParameters parameters =
        QueryParameters.of(call.request(), EventFilter.parameters("cursor"));
    EventFilter filter = EventFilter.of(call, parameters);
    Positions from = from(call, parameters);
    parameters.throwIfWrong();
    boolean isHead = call.request().method().equals("HEAD");
    if (!isHead && !places.tryAcquire()) {
      throw new ProblemException(Problem.unavailable("too many read the live feed at once"));
    }
    LiveStream stream = new LiveStream(tail, readers, filter, from, () -> isAllowed.test(call));
    return Answer.stream(
        MediaTypes.EVENT_STREAM,
        Map.of("X-Accel-Buffering", "no"),
        isHead ? out -> {} : out -> writeAndLeave(stream, out));
  }

  private void writeAndLeave(LiveStream stream, OutputStream out) throws IOException {
    try {
      stream.writeTo(out);
    } finally {
      places.release();
    }
  }

  private static @Nullable Positions from(Call call, QueryParameters parameters) {
    String id = call.request().header("last-event-id");
    if (id == null || id.isEmpty()) {
      Positions cursor = parameters.cursor(LiveFeed::position, Positions.NONE);
      return cursor.partitions() == 0 ? null : cursor;
    }
    Positions from = Positions.parse(id);
    if (from == null) {
      parameters.wrong("Last-Event-ID", "expected an id of this feed, got " + Text.quoted(id));
    }
    return from;
  }

  /// The positions of a cursor; null where it is none of ours.
  static @Nullable Positions position(String cursor) {
    String place = OpaqueCursor.place(CURSOR, cursor);
    return place == null ? null : Positions.parse(place);
  }

  /// Ends all streams; their readers are told.
  @Override
  public void close() {
    tail.close();
  }
}
