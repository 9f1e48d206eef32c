package io.aftersend.query.live;

import io.aftersend.query.http.Answer;
import io.aftersend.query.live.LiveReader.Cut;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event stream of one reader: first what it missed, read by itself, then what the tail offers.
///
/// The tail's positions at the moment of joining are the seam: what lies before them is read, what
/// lies behind is offered, so that nothing is missing and nothing comes twice.
final class LiveStream implements Answer.Stream {
  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);

  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Duration READ = Duration.ofMillis(200);
  private static final int MESSAGES_PER_FLUSH = 512;
  private static final byte[] COMMENT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Tail tail;
  private final TopicReaders readers;
  private final EventFilter filter;
  private final @Nullable Positions from;
  private final BooleanSupplier isAllowed;

  /// @param from where to resume; null: now
  /// @param isAllowed whether the reader may still read; asked every 15 seconds
  LiveStream(
      Tail tail,
      TopicReaders readers,
      EventFilter filter,
      @Nullable Positions from,
      BooleanSupplier isAllowed) {
    this.tail = tail;
    this.readers = readers;
    this.filter = filter;
    this.from = from;
    this.isAllowed = isAllowed;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    LiveReader reader = new LiveReader(filter, Thread.currentThread());
    try {
      Positions seam = from == null ? tail.join(reader) : catchUp(reader, from, out);
      if (seam == null) {
        cut(out, Cut.UNAVAILABLE);
      } else {
        out.write(
            ("retry: 2000\nevent: ready\nid: " + seam + "\ndata: {}\n\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        follow(reader, out);
      }
    } catch (KafkaException e) {
      log.warn("A reader of the live feed could not resume: {}", e.toString());
      cut(out, Cut.UNAVAILABLE);
    } catch (InterruptedException e) {
      log.info("A reader of the live feed took nothing for too long");
    } finally {
      tail.leave(reader);
    }
  }

  private void follow(LiveReader reader, OutputStream out)
      throws IOException, InterruptedException {
    long checkedNs = System.nanoTime();
    while (true) {
      byte[] message = reader.next(HEARTBEAT);
      Cut cut = message == null ? reader.cut() : null;
      if (cut == null && System.nanoTime() - checkedNs >= HEARTBEAT.toNanos()) {
        checkedNs = System.nanoTime();
        cut = isAllowed.getAsBoolean() ? null : Cut.SIGNED_OUT;
      }
      if (cut != null) {
        cut(out, cut);
        return;
      }
      out.write(message == null ? COMMENT : message);
      for (int more = 0; more < MESSAGES_PER_FLUSH && message != null; more++) {
        message = reader.next(Duration.ZERO);
        if (message != null) {
          out.write(message);
        }
      }
      out.flush();
    }
  }

  private static void cut(OutputStream out, Cut cut) throws IOException {
    out.write(
        ("event: cut\ndata: {\"reason\":\"" + cut.wireName() + "\"}\n\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /// Writes everything up to the seam, and joins the tail there.
  private @Nullable Positions catchUp(LiveReader reader, Positions resumed, OutputStream out)
      throws IOException, InterruptedException {
    TopicReader topic = readers.open(HEARTBEAT.toMillis());
    while (topic == null) {
      out.write(COMMENT);
      out.flush();
      topic = readers.open(HEARTBEAT.toMillis());
    }
    try {
      begin(topic, resumed, out);
      while (!topic.positions().reach(topic.end())) {
        for (LiveEvent event : topic.read(READ)) {
          if (reader.wants(event)) {
            out.write(event.message());
          }
        }
        out.flush();
      }
      Positions seam = tail.join(reader);
      if (seam != null) {
        writeUpTo(seam, topic, reader, out);
      }
      return seam;
    } finally {
      readers.close(topic);
    }
  }

  private static void begin(TopicReader topic, Positions resumed, OutputStream out)
      throws IOException {
    if (topic.has(resumed)) {
      topic.seek(resumed);
      return;
    }
    Positions start = topic.start();
    topic.seek(start);
    out.write(
        ("event: reset\nid: " + start + "\ndata: {\"reason\":\"expired\"}\n\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void writeUpTo(
      Positions seam, TopicReader topic, LiveReader reader, OutputStream out) throws IOException {
    while (!topic.positions().reach(seam)) {
      for (LiveEvent event : topic.read(READ)) {
        if (event.isBefore(seam) && reader.wants(event)) {
          out.write(event.message(event.after().atMost(seam)));
        }
      }
    }
    out.flush();
  }
}
