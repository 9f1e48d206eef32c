package io.aftersend.embedded.clickhouse.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The functions of the loaded native engine, one method handle each.
///
/// Loaded once per process and never unloaded. Thread-safe; what the functions are called with is
/// not.
final class EngineLibrary {
  private static final MemoryLayout[] QUERY_WITH_PARAMETERS = {
    ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG
  };

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;

  final MethodHandle connect;
  final MethodHandle closeConnection;
  final MethodHandle query;
  final MethodHandle streamQuery;
  final MethodHandle streamFetch;
  final MethodHandle streamCancel;
  final MethodHandle destroyResult;
  final MethodHandle resultBuffer;
  final MethodHandle resultLength;
  final MethodHandle resultError;
  final MethodHandle resultRowsRead;
  final MethodHandle resultStorageRowsRead;
  final MethodHandle resultStorageBytesRead;
  final MethodHandle resultRowsWritten;
  final MethodHandle resultBytesWritten;
  final MethodHandle streamInsert;
  final MethodHandle streamAppend;
  final MethodHandle streamDone;
  final MethodHandle insertCancel;
  final MethodHandle insertError;
  final MethodHandle insertDestroy;
  final MethodHandle classify;
  private final MethodHandle setSignalHandlers;
  private final MethodHandle shutdown;

  private EngineLibrary(Path library) {
    symbols = SymbolLookup.libraryLookup(library, Arena.global());
    connect = returning(ADDRESS, "chdb_connect", JAVA_INT, ADDRESS);
    closeConnection = returningNothing("chdb_close_conn", ADDRESS);
    query = returning(ADDRESS, "chdb_query_with_params_n", QUERY_WITH_PARAMETERS);
    streamQuery = returning(ADDRESS, "chdb_stream_query_with_params_n", QUERY_WITH_PARAMETERS);
    streamFetch = returning(ADDRESS, "chdb_stream_fetch_result", ADDRESS, ADDRESS);
    streamCancel = returningNothing("chdb_stream_cancel_query", ADDRESS, ADDRESS);
    destroyResult = returningNothing("chdb_destroy_query_result", ADDRESS);
    resultBuffer = returning(ADDRESS, "chdb_result_buffer", ADDRESS);
    resultLength = returning(JAVA_LONG, "chdb_result_length", ADDRESS);
    resultError = returning(ADDRESS, "chdb_result_error", ADDRESS);
    resultRowsRead = returning(JAVA_LONG, "chdb_result_rows_read", ADDRESS);
    resultStorageRowsRead = returning(JAVA_LONG, "chdb_result_storage_rows_read", ADDRESS);
    resultStorageBytesRead = returning(JAVA_LONG, "chdb_result_storage_bytes_read", ADDRESS);
    resultRowsWritten = returning(JAVA_LONG, "chdb_result_rows_written", ADDRESS);
    resultBytesWritten = returning(JAVA_LONG, "chdb_result_bytes_written", ADDRESS);
    streamInsert = returning(ADDRESS, "chdb_stream_insert_with_params_n", QUERY_WITH_PARAMETERS);
    streamAppend = returning(JAVA_INT, "chdb_stream_append", ADDRESS, ADDRESS, JAVA_LONG);
    streamDone = returning(ADDRESS, "chdb_stream_done", ADDRESS);
    insertCancel = returningNothing("chdb_stream_cancel_insert", ADDRESS);
    insertError = returning(ADDRESS, "chdb_stream_insert_error", ADDRESS);
    insertDestroy = returningNothing("chdb_destroy_insert_stream", ADDRESS);
    classify =
        returning(
            JAVA_INT,
            "chdb_classify_query_n",
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            ADDRESS);
    setSignalHandlers = returningNothing("chdb_set_signal_handlers_enabled", JAVA_INT);
    shutdown = returning(JAVA_INT, "chdb_shutdown");
  }

  /// Loads the library and keeps its hands off this process's signal handlers, which are the JVM's.
  ///
  /// @throws IllegalArgumentException when the file is no engine library
  static EngineLibrary load(Path library) {
    EngineLibrary loaded = new EngineLibrary(library);
    try {
      loaded.setSignalHandlers.invokeExact(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return loaded;
  }

  /// Stops the engine's threads; every connection must be closed before. Returns whether it
  /// stopped.
  boolean shutDown() {
    try {
      return (int) shutdown.invokeExact() == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Native calls declare `Throwable` but throw nothing of their own.
  static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("a call into the ClickHouse engine failed", e);
  }

  private MethodHandle returning(MemoryLayout result, String name, MemoryLayout... arguments) {
    return linker.downcallHandle(find(name), FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle returningNothing(String name, MemoryLayout... arguments) {
    return linker.downcallHandle(find(name), FunctionDescriptor.ofVoid(arguments));
  }

  private MemorySegment find(String name) {
    return symbols
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("no function " + name + " in the library"));
  }
}
