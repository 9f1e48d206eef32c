package io.aftersend.edge.tls;

import io.aftersend.runtime.watch.FileStamp;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The two files of one certificate: its chain and its private key.
///
/// @param name what the two are called in messages: a file's name without its ending, or a
///   directory's
record CertificateFiles(String name, Path chain, Path key) {
  private static final String CHAIN_ENDING = ".crt";
  private static final String KEY_ENDING = ".key";
  private static final String CHAIN_FILE = "fullchain.pem";
  private static final String KEY_FILE = "privkey.pem";

  /// What tells whether one of the two has changed; a part is null where the file is not there.
  record Stamp(@Nullable FileStamp chain, @Nullable FileStamp key) {}

  Stamp stamp() {
    return new Stamp(FileStamp.of(chain), FileStamp.of(key));
  }

  /// All pairs of a directory by name: `NAME.crt` with `NAME.key`, and sub-directories with
  /// `fullchain.pem` and `privkey.pem`. A pair counts when one of its files is there; other files
  /// do not.
  static Map<String, CertificateFiles> in(Path directory) throws IOException {
    Map<String, CertificateFiles> found = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        CertificateFiles files = of(entry);
        CertificateFiles other = files == null ? null : found.put(files.name, files);
        if (other != null && !other.equals(files)) {
          throw new IOException(
              "two certificates called "
                  + other.name
                  + ": "
                  + other.chain
                  + " and "
                  + Objects.requireNonNull(files).chain);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static @Nullable CertificateFiles of(Path entry) {
    String name = entry.getFileName().toString();
    if (name.endsWith(CHAIN_ENDING)) {
      return pair(entry, name.substring(0, name.length() - CHAIN_ENDING.length()));
    }
    if (name.endsWith(KEY_ENDING)) {
      return pair(entry, name.substring(0, name.length() - KEY_ENDING.length()));
    }
    Path chain = entry.resolve(CHAIN_FILE);
    Path key = entry.resolve(KEY_FILE);
    return Files.exists(chain) || Files.exists(key) ? new CertificateFiles(name, chain, key) : null;
  }

  private static CertificateFiles pair(Path entry, String name) {
    return new CertificateFiles(
        name, entry.resolveSibling(name + CHAIN_ENDING), entry.resolveSibling(name + KEY_ENDING));
  }
}
