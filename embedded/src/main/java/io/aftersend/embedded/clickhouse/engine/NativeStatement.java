package io.aftersend.embedded.clickhouse.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A statement copied to native memory for the length of one call.
final class NativeStatement implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  final MemorySegment sql;
  final long sqlLength;
  final MemorySegment format;
  final long formatLength;
  final MemorySegment names;
  final MemorySegment nameLengths;
  final MemorySegment values;
  final MemorySegment valueLengths;
  final long parameterCount;

  NativeStatement(Statement statement) {
    sql = bytes(statement.sql());
    sqlLength = statement.sql().length;
    byte[] formatBytes = utf8(statement.format());
    format = bytes(formatBytes);
    formatLength = formatBytes.length;
    List<Map.Entry<String, String>> parameters = List.copyOf(statement.parameters().entrySet());
    int count = parameters.size();
    parameterCount = count;
    names = arena.allocate(ValueLayout.ADDRESS, Math.max(1, count));
    values = arena.allocate(ValueLayout.ADDRESS, Math.max(1, count));
    nameLengths = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
    valueLengths = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
    for (int i = 0; i < count; i++) {
      byte[] name = utf8(parameters.get(i).getKey());
      byte[] value = utf8(parameters.get(i).getValue());
      names.setAtIndex(ValueLayout.ADDRESS, i, bytes(name));
      nameLengths.setAtIndex(ValueLayout.JAVA_LONG, i, name.length);
      values.setAtIndex(ValueLayout.ADDRESS, i, bytes(value));
      valueLengths.setAtIndex(ValueLayout.JAVA_LONG, i, value.length);
    }
  }

  private MemorySegment bytes(byte[] from) {
    // One more byte, zero, so that the text is a C string wherever the engine treats it as one.
    MemorySegment to = arena.allocate(from.length + 1L);
    MemorySegment.copy(from, 0, to, ValueLayout.JAVA_BYTE, 0, from.length);
    return to;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    arena.close();
  }
}
