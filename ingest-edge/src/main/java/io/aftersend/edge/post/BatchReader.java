package io.aftersend.edge.post;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.aftersend.schemas.event.EmailEvent;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The reader of a body of events, a JSON array or lines of JSON. Reads as a stream: besides the
/// body as it came and the events, no more than a piece is in memory. Safe for any thread.
final class BatchReader {
  private static final int INFLATE_BUFFER_BYTES = 8 * 1024;

  /// Far beyond any event, so that only what can be no event at all refuses a whole body.
  private static final int MAX_DEPTH = 10_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // The body's limit bounds a number, and a field looks at its length first: a
                  // number that is too long is its element's fault, not the whole body's.
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(10_000)
                  .build())
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .build();

  private final long maxBytes;
  private final int maxEvents;

  /// @param maxBytes most bytes after inflation
  /// @param maxEvents most elements, rejected ones included
  BatchReader(long maxBytes, int maxEvents) {
    this.maxBytes = maxBytes;
    this.maxEvents = maxEvents;
  }

  /// How the bytes of a body are to be read.
  ///
  /// @param isLines whether it is NDJSON, not an array
  record Format(boolean isLines, boolean isGzip) {}

  /// Reads a whole body.
  Batch read(byte[] bytes, int offset, int length, Format format, EventReader events) {
    Collector into = new Collector(maxEvents);
    try (InputStream in = open(bytes, offset, length, format)) {
      if (format.isLines) {
        readLines(in, events, into);
      } else {
        readArray(in, events, into);
      }
      return new Batch.Read(into.events, into.rejected);
    } catch (BodyTooLargeException e) {
      return new Batch.Refused(413, String.valueOf(e.getMessage()));
    } catch (TooManyEventsException e) {
      return new Batch.Refused(413, "expected at most " + maxEvents + " events, got more");
    } catch (JsonProcessingException e) {
      return new Batch.Refused(400, "expected a JSON array of events: " + brokenJson(e));
    } catch (ZipException | EOFException e) {
      return new Batch.Refused(400, "expected a body in gzip format: " + e.getMessage());
    } catch (IOException e) {
      return new Batch.Refused(400, "the body cannot be read: " + e.getMessage());
    }
  }

  private InputStream open(byte[] bytes, int offset, int length, Format format) throws IOException {
    InputStream raw = new ByteArrayInputStream(bytes, offset, length);
    return format.isGzip
        ? new LimitedInput(new GZIPInputStream(raw, INFLATE_BUFFER_BYTES), maxBytes)
        : raw;
  }

  private static void readArray(InputStream in, EventReader events, Collector into)
      throws IOException {
    try (JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new JsonParseException(parser, "it does not begin with [");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        into.beginElement();
        into.add(events.read(parser));
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "there is something behind the array's ]");
      }
    }
  }

  private static void readLines(InputStream in, EventReader events, Collector into)
      throws IOException {
    LineReader lines = new LineReader(in);
    while (lines.next()) {
      if (!lines.isBlank()) {
        into.beginElement();
        into.add(readLine(lines, events));
      }
    }
  }

  private static EventReader.Outcome readLine(LineReader line, EventReader events)
      throws IOException {
    try (JsonParser parser = JSON.createParser(line.buffer(), line.offset(), line.length())) {
      if (parser.nextToken() == null) {
        return broken("expected a JSON object, got none");
      }
      EventReader.Outcome outcome = events.read(parser);
      if (parser.nextToken() != null) {
        return broken("expected one object in a line, got more");
      }
      return outcome;
    } catch (JsonProcessingException e) {
      return broken("expected a JSON object: " + brokenJson(e));
    }
  }

  private static EventReader.Outcome broken(String error) {
    return new EventReader.Outcome(null, Rejection.ofElement(error));
  }

  private static String brokenJson(JsonProcessingException e) {
    var location = e.getLocation();
    String place =
        location == null
            ? ""
            : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    return Rejection.cut(String.valueOf(e.getOriginalMessage())) + place;
  }

  private static final class TooManyEventsException extends IOException {}

  /// What was read so far.
  private static final class Collector {
    final List<EmailEvent> events = new ArrayList<>();
    final List<Batch.Rejected> rejected = new ArrayList<>();
    private final int maxEvents;

    Collector(int maxEvents) {
      this.maxEvents = maxEvents;
    }

    void beginElement() throws TooManyEventsException {
      if (events.size() + rejected.size() == maxEvents) {
        throw new TooManyEventsException();
      }
    }

    void add(EventReader.Outcome outcome) {
      int index = events.size() + rejected.size();
      if (outcome.event() != null) {
        events.add(outcome.event());
      } else if (outcome.rejection() != null) {
        rejected.add(new Batch.Rejected(index, outcome.rejection()));
      }
    }
  }
}
