package io.aftersend.embedded.clickhouse.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// One native result: a piece of an answer, an error, or the counts of a write. Freed by [#close].
final class EngineResult implements AutoCloseable {
  private final EngineLibrary library;
  final MemorySegment handle;

  EngineResult(EngineLibrary library, MemorySegment handle) {
    this.library = library;
    this.handle = handle;
  }

  @Nullable String error() {
    try {
      return text((MemorySegment) library.resultError.invokeExact(handle));
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  void throwIfFailed() throws EngineException {
    String error = error();
    if (error != null) {
      throw EngineException.of(error);
    }
  }

  long length() {
    try {
      return (long) library.resultLength.invokeExact(handle);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  void copyTo(OutputStream out, byte[] buffer) throws IOException {
    long length = length();
    if (length == 0) {
      return;
    }
    MemorySegment bytes = bufferOf(length);
    for (long at = 0; at < length; at += buffer.length) {
      int n = (int) Math.min(buffer.length, length - at);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, buffer, 0, n);
      out.write(buffer, 0, n);
    }
  }

  private MemorySegment bufferOf(long length) {
    try {
      return ((MemorySegment) library.resultBuffer.invokeExact(handle)).reinterpret(length);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  EngineCounts counts() {
    try {
      return new EngineCounts(
          (long) library.resultStorageRowsRead.invokeExact(handle),
          (long) library.resultStorageBytesRead.invokeExact(handle),
          (long) library.resultRowsWritten.invokeExact(handle),
          (long) library.resultBytesWritten.invokeExact(handle),
          (long) library.resultRowsRead.invokeExact(handle));
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  @Override
  public void close() {
    try {
      library.destroyResult.invokeExact(handle);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  /// The C string at an address, or null for the null pointer.
  static @Nullable String text(MemorySegment pointer) {
    return pointer.address() == 0 ? null : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
