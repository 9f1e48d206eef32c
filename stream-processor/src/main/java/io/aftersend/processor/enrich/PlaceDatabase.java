package io.aftersend.processor.enrich;

import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;

/// One MMDB file as it was when it was opened. Safe for any thread.
///
/// What is mapped is a copy that has no name any more: a file that is written over in place would
/// end in a fault of the whole process, and in memory it would take the heap of much else.
final class PlaceDatabase {
  /// Networks within which a database of places tells one at least.
  private static final int TRIED_NETWORKS = 10_000;

  private final Reader reader;

  private PlaceDatabase(Reader reader) {
    this.reader = reader;
  }

  /// Opens a file and makes sure that it tells places.
  ///
  /// @throws IOException where it cannot be read, is broken, or is a database of other things
  static PlaceDatabase open(Path file) throws IOException {
    Path copy = Files.createTempFile("aftersend-places-", ".mmdb");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      PlaceDatabase database = new PlaceDatabase(new Reader(copy.toFile(), FileMode.MEMORY_MAPPED));
      database.requirePlaces();
      return database;
    } catch (InvalidNetworkException | RuntimeException | StackOverflowError e) {
      throw new IOException("broken: " + e, e);
    } finally {
      Files.delete(copy);
    }
  }

  private void requirePlaces() throws IOException, InvalidNetworkException {
    var networks = reader.networks(Map.class);
    for (int tried = 0; tried < TRIED_NETWORKS && networks.hasNext(); tried++) {
      Map<?, ?> record = networks.next().data();
      if (record != null && !PlaceLayout.read(record).equals(Place.NOWHERE)) {
        return;
      }
    }
    throw new IOException(
        "expected a database of places, got one of type " + reader.getMetadata().databaseType());
  }

  /// When it was made.
  Instant built() {
    return Instant.ofEpochSecond(reader.getMetadata().buildEpoch().longValue());
  }

  /// The place of an address; [Place#NOWHERE] where the database has none.
  ///
  /// @throws IOException where the file is broken there
  Place find(InetAddress address) throws IOException {
    if (address instanceof Inet6Address && reader.getMetadata().ipVersion() == 4) {
      return Place.NOWHERE;
    }
    Map<?, ?> record;
    try {
      record = reader.get(address, Map.class);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException("broken at " + address.getHostAddress() + ": " + e, e);
    }
    return record == null ? Place.NOWHERE : PlaceLayout.read(record);
  }
}
