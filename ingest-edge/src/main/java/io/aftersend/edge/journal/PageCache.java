package io.aftersend.edge.journal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operating system's copy of files in memory. A journal writes gigabytes that nobody reads
/// again soon: without a word the system keeps them all, pushes out what others need, and makes
/// every new segment of memory that was never used before, which costs several times as much as
/// memory that was used a moment ago.
///
/// Linux alone; elsewhere nothing happens. Safe for any thread.
final class PageCache {
  private static final Logger log = LoggerFactory.getLogger(PageCache.class);
  private static final int READ_ONLY = 0;

  /// `POSIX_FADV_DONTNEED` on every architecture that Java 25 runs on under Linux.
  private static final int DO_NOT_NEED = 4;

  private static final @Nullable Calls CALLS = calls();

  private PageCache() {}

  private record Calls(MethodHandle open, MethodHandle advise, MethodHandle close) {}

  private static @Nullable Calls calls() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return null;
    }
    try {
      Optional<MethodHandle> open =
          call(
              "open",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
      Optional<MethodHandle> advise =
          call(
              "posix_fadvise",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_INT));
      Optional<MethodHandle> close =
          call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      return open.isEmpty() || advise.isEmpty() || close.isEmpty()
          ? null
          : new Calls(open.get(), advise.get(), close.get());
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      log.info("The journal's files stay in the page cache: {}", e.toString());
      return null;
    }
  }

  private static Optional<MethodHandle> call(String name, FunctionDescriptor shape) {
    Linker linker = Linker.nativeLinker();
    return linker.defaultLookup().find(name).map(at -> linker.downcallHandle(at, shape));
  }

  /// Lets go of what the system holds of a file in memory. What is not on the disk yet stays, and
  /// whoever reads on gets it from the disk.
  ///
  /// @param mapping of the whole file
  static void drop(Path file, MemorySegment mapping) {
    Calls calls = CALLS;
    if (calls == null) {
      return;
    }
    // Pages that a process has mapped are not dropped.
    mapping.unload();
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) calls.open.invokeExact(arena.allocateFrom(file.toString()), READ_ONLY);
      if (descriptor < 0) {
        return;
      }
      try {
        int _ = (int) calls.advise.invokeExact(descriptor, 0L, 0L, DO_NOT_NEED);
      } finally {
        int _ = (int) calls.close.invokeExact(descriptor);
      }
    } catch (Throwable e) {
      // A downcall may throw anything by its type. It costs memory, and nothing is lost.
      log.warn("{} stays in the page cache: {}", file, e.toString());
    }
  }
}
