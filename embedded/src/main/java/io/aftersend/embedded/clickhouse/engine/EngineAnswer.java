package io.aftersend.embedded.clickhouse.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The answer of a running statement, fetched piece by piece so that its size does not matter.
///
/// Confined to one thread. Closing it early cancels the statement.
public final class EngineAnswer implements AutoCloseable {
  private final EngineLibrary library;
  private final MemorySegment connection;
  private final EngineResult first;
  private final boolean isStream;
  private @Nullable EngineResult piece;
  private EngineCounts counts = EngineCounts.NONE;
  private boolean ended;

  private EngineAnswer(
      EngineLibrary library, MemorySegment connection, EngineResult first, boolean isStream) {
    this.library = library;
    this.connection = connection;
    this.first = first;
    this.isStream = isStream;
  }

  static EngineAnswer stream(EngineLibrary library, MemorySegment connection, EngineResult handle) {
    return new EngineAnswer(library, connection, handle, true);
  }

  static EngineAnswer whole(EngineLibrary library, MemorySegment connection, EngineResult result) {
    return new EngineAnswer(library, connection, result, false);
  }

  /// Moves on to the next piece; false at the end.
  ///
  /// @throws EngineException when the statement failed, also after pieces have come
  public boolean next() throws EngineException {
    if (ended) {
      return false;
    }
    if (!isStream) {
      ended = true;
      counts = first.counts();
      piece = first;
      return first.length() > 0;
    }
    release();
    EngineResult fetched = fetch();
    piece = fetched;
    try {
      fetched.throwIfFailed();
    } catch (EngineException e) {
      ended = true;
      throw e;
    }
    counts = counts.plus(fetched.counts());
    ended = fetched.length() == 0;
    return !ended;
  }

  private EngineResult fetch() {
    try {
      return new EngineResult(
          library, (MemorySegment) library.streamFetch.invokeExact(connection, first.handle));
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  /// Writes the current piece.
  public void copyTo(OutputStream out, byte[] buffer) throws IOException {
    if (piece != null) {
      piece.copyTo(out, buffer);
    }
  }

  /// What was read and written up to the last piece.
  public EngineCounts counts() {
    return counts;
  }

  private void release() {
    if (piece != null && piece != first) {
      piece.close();
    }
    piece = null;
  }

  @Override
  public void close() {
    release();
    if (isStream && !ended) {
      try {
        library.streamCancel.invokeExact(connection, first.handle);
      } catch (Throwable e) {
        throw EngineLibrary.unexpected(e);
      }
    }
    first.close();
  }
}
