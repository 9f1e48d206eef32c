package io.aftersend.embedded.clickhouse.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// An `INSERT` whose data is pushed in pieces, byte for byte.
///
/// Confined to one thread. Closed before [#finish], it is cancelled and its unfinished block is not
/// written.
public final class EngineInsert implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final EngineLibrary library;
  private final MemorySegment stream;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
  private boolean finished;

  EngineInsert(EngineLibrary library, MemorySegment stream) throws EngineException {
    this.library = library;
    this.stream = stream;
    String error = error();
    if (error != null) {
      close();
      throw EngineException.of(error);
    }
  }

  private @Nullable String error() {
    try {
      return EngineResult.text((MemorySegment) library.insertError.invokeExact(stream));
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  /// Pushes bytes in the insert's format; a row may be cut anywhere between two calls.
  ///
  /// @return false when the engine has already given up on the data; [#finish] then throws the
  ///   reason
  public boolean append(byte[] data, int offset, int length) {
    for (int at = 0; at < length; at += BUFFER_BYTES) {
      int n = Math.min(BUFFER_BYTES, length - at);
      MemorySegment.copy(data, offset + at, buffer, ValueLayout.JAVA_BYTE, 0, n);
      try {
        if ((int) library.streamAppend.invokeExact(stream, buffer, (long) n) != 0) {
          return false;
        }
      } catch (Throwable e) {
        throw EngineLibrary.unexpected(e);
      }
    }
    return true;
  }

  /// Commits. Once it returns, the rows survive the end of the process.
  ///
  /// @throws EngineException when the data was refused
  public EngineCounts finish() throws EngineException {
    finished = true;
    MemorySegment handle;
    try {
      handle = (MemorySegment) library.streamDone.invokeExact(stream);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
    try (EngineResult result = new EngineResult(library, handle)) {
      result.throwIfFailed();
      return result.counts();
    }
  }

  @Override
  public void close() {
    try {
      if (!finished) {
        library.insertCancel.invokeExact(stream);
      }
      library.insertDestroy.invokeExact(stream);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
    arena.close();
  }
}
