package io.aftersend.processor.enrich;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes small databases in the format "MaxMind DB", version 2.0: a binary tree of address bits,
/// and behind it the records that its leaves point to.
public final class MmdbFile {
  private static final int SEPARATOR_BYTES = 16;
  private static final byte[] METADATA_MARKER = {
    (byte) 0xAB, (byte) 0xCD, (byte) 0xEF, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
  };

  private static final class Node {
    final @Nullable Node[] children = new @Nullable Node[2];
    int recordOffset = -1;
    int number = -1;
  }

  private final int ipVersion;
  private final int recordBits;
  private final Node root = new Node();
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  private MmdbFile(int ipVersion, int recordBits) {
    this.ipVersion = ipVersion;
    this.recordBits = recordBits;
  }

  /// A database of IPv4 alone.
  public static MmdbFile v4() {
    return new MmdbFile(4, 24);
  }

  /// A database of IPv4 and IPv6.
  public static MmdbFile v6() {
    return new MmdbFile(6, 28);
  }

  /// Adds a record for a prefix such as `192.0.2.0/24`; prefixes must not lie in each other.
  public MmdbFile add(String prefix, Map<String, ?> record) {
    int slash = prefix.indexOf('/');
    byte[] address = InetAddress.ofLiteral(prefix.substring(0, slash)).getAddress();
    int bits = Integer.parseInt(prefix.substring(slash + 1));
    int zeros = ipVersion == 6 && address.length == 4 ? 96 : 0;
    Node node = root;
    for (int i = 0; i < zeros + bits; i++) {
      int at = i - zeros;
      int bit = i < zeros ? 0 : address[at / 8] >> (7 - at % 8) & 1;
      Node next = node.children[bit];
      if (next == null) {
        next = new Node();
        node.children[bit] = next;
      }
      node = next;
    }
    node.recordOffset = records.size();
    write(records, record);
    return this;
  }

  /// Puts the database in a file's place, as `mv` does.
  public Path moveTo(Path file) throws IOException {
    Path made = Files.write(file.resolveSibling(file.getFileName() + ".new"), bytes());
    return Files.move(made, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /// The database's bytes.
  public byte[] bytes() {
    List<Node> nodes = numbered();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Node node : nodes) {
      long left = pointer(node.children[0], nodes.size());
      long right = pointer(node.children[1], nodes.size());
      if (recordBits == 24) {
        writeNumber(out, left, 3);
        writeNumber(out, right, 3);
      } else {
        writeNumber(out, left & 0xFFFFFF, 3);
        out.write((int) (left >>> 24 << 4 | right >>> 24));
        writeNumber(out, right & 0xFFFFFF, 3);
      }
    }
    out.writeBytes(new byte[SEPARATOR_BYTES]);
    out.writeBytes(records.toByteArray());
    out.writeBytes(METADATA_MARKER);
    write(
        out,
        Map.of(
            "node_count",
            nodes.size(),
            "record_size",
            (short) recordBits,
            "ip_version",
            (short) ipVersion,
            "database_type",
            "Test-Places",
            "languages",
            List.of("en"),
            "binary_format_major_version",
            (short) 2,
            "binary_format_minor_version",
            (short) 0,
            "build_epoch",
            1_780_000_000L,
            "description",
            Map.of("en", "Places for tests")));
    return out.toByteArray();
  }

  private List<Node> numbered() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(root);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      node.number = i;
      for (Node child : node.children) {
        if (child != null && child.recordOffset < 0) {
          nodes.add(child);
        }
      }
    }
    return nodes;
  }

  private static long pointer(@Nullable Node child, int nodeCount) {
    if (child == null) {
      return nodeCount;
    }
    return child.recordOffset < 0 ? child.number : nodeCount + SEPARATOR_BYTES + child.recordOffset;
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        writeControl(out, 7, map.size());
        map.forEach(
            (key, item) -> {
              write(out, key);
              write(out, item);
            });
      }
      case List<?> list -> {
        writeControl(out, 11, list.size());
        list.forEach(item -> write(out, item));
      }
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeControl(out, 2, bytes.length);
        out.writeBytes(bytes);
      }
      case Double number -> {
        writeControl(out, 3, 8);
        writeNumber(out, Double.doubleToLongBits(number), 8);
      }
      case Short number -> {
        writeControl(out, 5, 2);
        writeNumber(out, number, 2);
      }
      case Integer number -> {
        writeControl(out, 6, 4);
        writeNumber(out, number, 4);
      }
      case Long number -> {
        writeControl(out, 9, 8);
        writeNumber(out, number, 8);
      }
      default -> throw new IllegalArgumentException("no type for " + value);
    }
  }

  /// Types above 7 stand in a byte of their own; sizes above 28 in another one.
  private static void writeControl(ByteArrayOutputStream out, int type, int size) {
    if (size >= 29 + 256) {
      throw new IllegalArgumentException("expected a size below 285, got " + size);
    }
    int sizeBits = Math.min(size, 29);
    if (type <= 7) {
      out.write(type << 5 | sizeBits);
    } else {
      out.write(sizeBits);
      out.write(type - 7);
    }
    if (sizeBits == 29) {
      out.write(size - 29);
    }
  }

  private static void writeNumber(ByteArrayOutputStream out, long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  /// Writes the database to a new file.
  public Path writeTo(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
