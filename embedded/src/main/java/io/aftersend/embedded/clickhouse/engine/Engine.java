package io.aftersend.embedded.clickhouse.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The ClickHouse engine running inside this process on one storage directory.
///
/// There can be one per process, once: after [#close] it cannot be opened again. Thread-safe.
public final class Engine implements AutoCloseable {
  /// CANNOT_OPEN_FILE, the nearest that ClickHouse has to "cannot open the storage".
  private static final int CANNOT_OPEN = 76;

  /// Marks are small; the default cache would be larger than everything else on a small machine.
  private static final int MARK_CACHE_FRACTION = 10;

  private final EngineLibrary library;
  private final List<String> arguments;
  private final EngineConnection keeper;
  private final String version;
  private final String timeZone;

  private Engine(EngineLibrary library, List<String> arguments) throws EngineException {
    this.library = library;
    this.arguments = arguments;
    // The engine would stop with its last connection; this one lives as long as it should.
    this.keeper = connect();
    this.version = ask("SELECT version()");
    this.timeZone = ask("SELECT timezone()");
  }

  /// Loads the library and opens the storage, creating it when it is new.
  ///
  /// @throws EngineException when the storage cannot be opened
  /// @throws IllegalArgumentException when the file is no engine library
  public static Engine open(Path library, Path storage, EngineLimits limits)
      throws EngineException {
    List<String> arguments =
        List.of(
            "clickhouse",
            "--path=" + storage,
            "--max_server_memory_usage=" + limits.memoryBytes(),
            "--mark_cache_size=" + limits.memoryBytes() / MARK_CACHE_FRACTION,
            "--max_memory_usage=" + limits.statementMemoryBytes());
    return new Engine(EngineLibrary.load(library), arguments);
  }

  /// Opens a connection with default settings.
  public EngineConnection connect() throws EngineException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, arguments.size() + 1L);
      for (int i = 0; i < arguments.size(); i++) {
        argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(arguments.get(i)));
      }
      MemorySegment handle = (MemorySegment) library.connect.invokeExact(arguments.size(), argv);
      if (handle.address() != 0) {
        return new EngineConnection(library, handle);
      }
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
    throw EngineException.of(
        CANNOT_OPEN, "CANNOT_OPEN_FILE", "The engine cannot open " + arguments.get(1));
  }

  private String ask(String sql) throws EngineException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EngineAnswer answer = keeper.query(Statement.of(sql, "TabSeparated"))) {
      while (answer.next()) {
        answer.copyTo(out, new byte[256]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail", e);
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  /// The engine's version, e.g. `26.7.2.1`.
  public String version() {
    return version;
  }

  /// The engine's default time zone.
  public String timeZone() {
    return timeZone;
  }

  /// Stops the engine and its threads; every other connection must be closed before.
  @Override
  public void close() {
    keeper.close();
    library.shutDown();
  }
}
