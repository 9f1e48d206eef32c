package io.aftersend.embedded.clickhouse.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// One session with the engine: its settings, current database and temporary tables are its own.
///
/// Runs one statement at a time; used by one thread at a time. Cheap enough to open for each
/// request.
public final class EngineConnection implements AutoCloseable {
  /// BAD_ARGUMENTS, which the engine also says of statements that give no rows to stream.
  private static final int BAD_ARGUMENTS = 36;

  private static final int SYNTAX_ERROR = 62;

  /// Layout of the engine's analysis: own size, statement count, flags, class; 32 bits each.
  private static final int ANALYSIS_BYTES = 16;

  private static final long COUNT_OFFSET = 4;

  private static final String NOT_A_STREAM = "Streaming query is not supported";

  private final EngineLibrary library;
  private final MemorySegment handle;
  private final MemorySegment connection;

  EngineConnection(EngineLibrary library, MemorySegment handle) {
    this.library = library;
    this.handle = handle;
    this.connection =
        handle.reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
  }

  /// Runs a statement that answers nothing, such as `SET` or `USE`.
  public void command(String sql) throws EngineException {
    run(Statement.of(sql, "Null")).close();
  }

  /// Runs any one statement and makes its whole answer before returning, in the engine's memory,
  /// which its limit bounds. Formats with a beginning and an end are right only so: of a streamed
  /// answer the engine makes a document of each block.
  public EngineAnswer queryWhole(Statement statement) throws EngineException {
    if (countStatements(statement) > 1) {
      throw EngineException.of(
          SYNTAX_ERROR, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed)");
    }
    return EngineAnswer.whole(library, connection, run(statement));
  }

  /// Runs any one statement. Several in one text are refused as a ClickHouse server refuses them.
  public EngineAnswer query(Statement statement) throws EngineException {
    EngineResult stream = new EngineResult(library, call(library.streamQuery, statement));
    String error = stream.error();
    if (error == null) {
      return EngineAnswer.stream(library, connection, stream);
    }
    stream.close();
    EngineException refused = EngineException.of(error);
    if (refused.code() == BAD_ARGUMENTS && error.contains(NOT_A_STREAM)) {
      return EngineAnswer.whole(library, connection, run(statement));
    }
    throw refused;
  }

  private int countStatements(Statement statement) {
    try (NativeStatement it = new NativeStatement(statement);
        Arena arena = Arena.ofConfined()) {
      MemorySegment analysis = arena.allocate(ANALYSIS_BYTES, ValueLayout.JAVA_INT.byteSize());
      analysis.set(ValueLayout.JAVA_INT, 0, ANALYSIS_BYTES);
      int failed =
          (int)
              library.classify.invokeExact(
                  connection, it.sql, it.sqlLength, MemorySegment.NULL, 0L, analysis);
      return failed != 0 ? 0 : analysis.get(ValueLayout.JAVA_INT, COUNT_OFFSET);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  private EngineResult run(Statement statement) throws EngineException {
    EngineResult result = new EngineResult(library, call(library.query, statement));
    String error = result.error();
    if (error != null) {
      result.close();
      throw EngineException.of(error);
    }
    return result;
  }

  /// Begins an insert; the statement ends before `FORMAT` or `VALUES`.
  public EngineInsert insert(Statement statement) throws EngineException {
    return new EngineInsert(library, call(library.streamInsert, statement));
  }

  /// Hands a statement to one of the engine's functions that take it with its parameters.
  ///
  /// @return what the function gives: a result or a stream, to be released by the caller
  private MemorySegment call(MethodHandle function, Statement statement) {
    try (NativeStatement it = new NativeStatement(statement)) {
      return (MemorySegment)
          function.invokeExact(
              connection,
              it.sql,
              it.sqlLength,
              it.format,
              it.formatLength,
              it.names,
              it.nameLengths,
              it.values,
              it.valueLengths,
              it.parameterCount);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }

  @Override
  public void close() {
    try {
      library.closeConnection.invokeExact(handle);
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }
}
