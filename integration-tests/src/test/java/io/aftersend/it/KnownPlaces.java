package io.aftersend.it;

import io.aftersend.processor.enrich.MmdbFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/// Addresses whose country the tests' database of places tells; nobody else has them, since they
/// are set aside for measuring networks.
final class KnownPlaces {
  static final String BAKU = "198.18.1.7";
  static final String TEHRAN = "198.18.2.7";
  static final String ANKARA = "198.18.3.7";
  static final String BERLIN = "198.18.4.7";

  /// Of a country that a map of the world does not show.
  static final String SINGAPORE = "198.18.5.7";

  /// Of which the database knows nothing.
  static final String NOWHERE = "198.18.9.7";

  private KnownPlaces() {}

  /// Writes the database into the directory.
  static Path in(Path directory) {
    MmdbFile file = MmdbFile.v4();
    Map.of("AZ", BAKU, "IR", TEHRAN, "TR", ANKARA, "DE", BERLIN, "SG", SINGAPORE)
        .forEach((country, address) -> file.add(network(address), Map.of("country_code", country)));
    try {
      return file.moveTo(directory.resolve("places.mmdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String network(String address) {
    return address.substring(0, address.lastIndexOf('.')) + ".0/24";
  }
}
