package io.aftersend.embedded.clickhouse.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The signals that a terminal sends to all processes on it at once. The child ignores them: its
/// parent gets them too, drains into the still running engine, and then ends the child.
public final class TerminalSignals {
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final MemorySegment SIG_IGN = MemorySegment.ofAddress(1);

  private TerminalSignals() {}

  /// Makes this process ignore them from now on.
  public static void ignore() {
    Linker linker = Linker.nativeLinker();
    MethodHandle signal =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("signal"),
            FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    try {
      MemorySegment beforeHup = (MemorySegment) signal.invokeExact(SIGHUP, SIG_IGN);
      MemorySegment beforeInt = (MemorySegment) signal.invokeExact(SIGINT, SIG_IGN);
      assert beforeHup.address() != -1 && beforeInt.address() != -1;
    } catch (Throwable e) {
      throw EngineLibrary.unexpected(e);
    }
  }
}
