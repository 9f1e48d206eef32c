package io.aftersend.embedded.clickhouse.front;

import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// A filter that turns `FORMAT Native` as the engine writes it (protocol version 0) into what a
/// client gets that states a `client_protocol_version`: block information in front of each block
/// and, for newer clients, a byte about the serialization behind each column's type.
///
/// clickhouse-go, and with it Grafana's data source, asks for that. [#pieceEnds] must be called
/// behind each piece. Confined to one thread.
final class NativeBlocks extends OutputStream {
  /// The first protocol version with the byte about a column's serialization.
  private static final int CUSTOM_SERIALIZATION = 54_454;

  /// Field 1, overflows: no; field 2, bucket number: -1; end of fields.
  private static final byte[] BLOCK_INFORMATION = {1, 0, 2, -1, -1, -1, -1, 0};

  private static final int LOGICAL_ERROR = 49;

  private final OutputStream out;
  private final boolean hasSerialization;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  NativeBlocks(OutputStream out, int protocolVersion) {
    this.out = out;
    this.hasSerialization = protocolVersion >= CUSTOM_SERIALIZATION;
  }

  /// Passes on the blocks that are whole.
  void pieceEnds() throws IOException, EngineException {
    byte[] bytes = waiting.toByteArray();
    int done = 0;
    while (done < bytes.length) {
      int end = block(bytes, done);
      if (end < 0) {
        break;
      }
      done = end;
    }
    waiting.reset();
    waiting.write(bytes, done, bytes.length - done);
  }

  /// Must be called behind the last piece.
  ///
  /// @throws EngineException when a block was not whole: then the front has misread a column
  void answerEnds() throws EngineException {
    if (waiting.size() > 0) {
      throw EngineException.of(
          LOGICAL_ERROR,
          "LOGICAL_ERROR",
          "expected whole blocks in Native format, got " + waiting.size() + " more bytes");
    }
  }

  /// Writes the block at `from` and returns its end, or -1 when it is not whole yet.
  private int block(byte[] bytes, int from) throws IOException, EngineException {
    ByteCursor cursor = new ByteCursor(bytes, bytes.length);
    cursor.skip(from);
    List<Integer> typeEnds = new ArrayList<>();
    try {
      long columns = cursor.varint();
      long rows = cursor.varint();
      for (long i = 0; i < columns; i++) {
        cursor.text();
        String type = cursor.text();
        typeEnds.add(cursor.position());
        if (rows > 0) {
          NativeType.parse(type).skip(cursor, rows);
        }
      }
    } catch (IndexOutOfBoundsException notWhole) {
      return -1;
    }
    out.write(BLOCK_INFORMATION);
    int copied = from;
    if (hasSerialization) {
      for (int end : typeEnds) {
        out.write(bytes, copied, end - copied);
        out.write(0);
        copied = end;
      }
    }
    out.write(bytes, copied, cursor.position() - copied);
    return cursor.position();
  }

  @Override
  public void write(int b) {
    waiting.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    waiting.write(bytes, offset, length);
  }
}
