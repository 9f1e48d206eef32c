package io.aftersend.processor.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The places of addresses as the configured databases have them: the first that knows an address
/// decides. Remembers what it found for as long as it lives. Safe for any thread.
final class Places {
  /// Truncated addresses remembered: some 10 MiB when full.
  private static final int CACHE_SIZE = 50_000;

  /// The longest text of an address, an IPv4-mapped one in full.
  private static final int MAX_ADDRESS = 45;

  private final List<PlaceDatabase> databases;
  private final Cache<String, Place> known =
      Caffeine.newBuilder().maximumSize(CACHE_SIZE).executor(Runnable::run).build();

  private Places(List<PlaceDatabase> databases) {
    this.databases = List.copyOf(databases);
  }

  /// Opens the databases in these files; without any, nothing has a place.
  ///
  /// @throws IOException naming the file that cannot be used
  static Places open(List<Path> files) throws IOException {
    List<PlaceDatabase> databases = new ArrayList<>();
    for (Path file : files) {
      try {
        databases.add(PlaceDatabase.open(file));
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return new Places(databases);
  }

  boolean areConfigured() {
    return !databases.isEmpty();
  }

  /// When the oldest of the databases was made; null without any.
  @Nullable Instant built() {
    return databases.stream().map(PlaceDatabase::built).min(Instant::compareTo).orElse(null);
  }

  /// The place of an address; [Place#NOWHERE] where none is known. Never asks a name server.
  ///
  /// @param address an IPv4 or IPv6 literal; any other text has no place
  /// @throws IOException where a database is broken there
  Place find(String address) throws IOException {
    Place place = known.getIfPresent(address);
    if (place == null) {
      place = lookUp(address);
      known.put(address, place);
    }
    return place;
  }

  private Place lookUp(String text) throws IOException {
    InetAddress address = address(text);
    if (address != null) {
      for (PlaceDatabase database : databases) {
        Place place = database.find(address);
        if (!place.equals(Place.NOWHERE)) {
          return place;
        }
      }
    }
    return Place.NOWHERE;
  }

  private static @Nullable InetAddress address(String text) {
    try {
      return text.length() > MAX_ADDRESS ? null : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
