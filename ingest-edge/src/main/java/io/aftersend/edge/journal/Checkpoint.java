package io.aftersend.edge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The file that keeps each lane's [LaneState]. It has two places for each lane, written in turn
/// and with a checksum, so that a torn write leaves the state before. Its size never changes:
/// writing needs no room on a full disk. Confined to one thread.
final class Checkpoint implements AutoCloseable {
  static final String FILE_NAME = "checkpoint";
  private static final int PLACE_BYTES = 512;
  private static final int HEADER_BYTES = 16;
  private static final int FIXED_BYTES = 48;

  private final FileChannel channel;
  private final long[] versions;
  private final ByteBuffer place = ByteBuffer.allocate(PLACE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();

  private Checkpoint(FileChannel channel, int lanes) {
    this.channel = channel;
    this.versions = new long[lanes];
  }

  /// Makes the file with every lane at its beginning.
  static Checkpoint create(Path directory, int lanes) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      ByteBuffer places = ByteBuffer.allocate(2 * PLACE_BYTES * lanes);
      while (places.hasRemaining()) {
        channel.write(places, places.position());
      }
      channel.force(true);
      return new Checkpoint(channel, lanes);
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(directory.resolve(FILE_NAME));
      throw e;
    }
  }

  /// Makes the file when it is not there.
  static void ensure(Path directory, int lanes) throws IOException {
    if (!Files.exists(directory.resolve(FILE_NAME))) {
      create(directory, lanes).close();
    }
  }

  /// Opens the file of an earlier journal, or makes it where it is gone.
  static Checkpoint open(Path directory, int lanes) throws IOException {
    if (!Files.exists(directory.resolve(FILE_NAME))) {
      return create(directory, lanes);
    }
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME), StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new Checkpoint(channel, lanes);
  }

  /// For how many lanes the file has places; 0 when there is none.
  static int lanes(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    return Files.exists(file) ? (int) (Files.size(file) / (2 * PLACE_BYTES)) : 0;
  }

  /// The last whole state of a lane; that of its beginning when there is none.
  LaneState read(int lane) throws IOException {
    LaneState newest = LaneState.NEW;
    for (int i = 0; i < 2; i++) {
      LaneState state = read(lane, i);
      long version = state == null ? 0 : place.getLong(8);
      if (state != null && version > versions[lane]) {
        versions[lane] = version;
        newest = state;
      }
    }
    return newest;
  }

  private @Nullable LaneState read(int lane, int which) throws IOException {
    place.clear();
    int read = channel.read(place, placeAt(lane, which));
    int length = place.getInt(4);
    if (read < HEADER_BYTES || length < FIXED_BYTES || length > read - HEADER_BYTES) {
      return null;
    }
    if (checksum(length) != place.getInt(0)) {
      return null;
    }
    place.position(HEADER_BYTES);
    long ordinal = place.getLong();
    long offset = place.getLong();
    long sequence = place.getLong();
    long acknowledged = place.getLong();
    long resent = place.getLong();
    place.getLong();
    byte[] losses = new byte[length - FIXED_BYTES];
    place.get(losses);
    return new LaneState(ordinal, offset, sequence, acknowledged, resent, Losses.ofBytes(losses));
  }

  /// Writes a lane's state.
  void write(int lane, LaneState state) throws IOException {
    byte[] losses = state.dropped().toBytes();
    int length = FIXED_BYTES + losses.length;
    long version = versions[lane] + 1;
    place.clear();
    place.putInt(0).putInt(length).putLong(version);
    place.putLong(state.ordinal()).putLong(state.offset()).putLong(state.sequence());
    place.putLong(state.acknowledged()).putLong(state.resent()).putLong(0);
    place.put(losses);
    place.putInt(0, checksum(length));
    place.position(0).limit(HEADER_BYTES + length);
    channel.write(place, placeAt(lane, (int) (version & 1)));
    versions[lane] = version;
  }

  private int checksum(int length) {
    crc.reset();
    crc.update(place.array(), 4, HEADER_BYTES - 4 + length);
    return (int) crc.getValue();
  }

  private static long placeAt(int lane, int which) {
    return (2L * lane + which) * PLACE_BYTES;
  }

  /// Returns once all states are on the disk.
  void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.force(false);
    channel.close();
  }
}
