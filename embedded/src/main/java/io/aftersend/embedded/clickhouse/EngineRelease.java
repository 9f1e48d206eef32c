package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.EmbeddedStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// One build of the ClickHouse engine's library, as an npm package that is pinned by its checksum.
///
/// @param packageName of the npm package
/// @param version of the npm package, also the name of its directory in the store
/// @param sha512 of the packed file, base64; none = only npm's own check against the registry's
///   checksum
/// @param packedFile the library's name inside the package
/// @param libraryFile the library's name in the store
/// @param packedBytes size to fetch, roughly
/// @param unpackedBytes size of the library, roughly
record EngineRelease(
    String packageName,
    String version,
    Optional<String> sha512,
    String packedFile,
    String libraryFile,
    long packedBytes,
    long unpackedBytes) {
  private static final String VERSION = "26.7.3-stable.1";
  private static final long PACKED_BYTES = 178_000_000;
  private static final long UNPACKED_BYTES = 570_000_000;

  private static final String LINUX_X64_SHA512 =
      "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==";

  /// The build for this operating system and processor.
  static EngineRelease ofMachine() throws EmbeddedStartException {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static EngineRelease of(String systemName, String processor) throws EmbeddedStartException {
    String system = systemName.toLowerCase(Locale.ROOT);
    String cpu =
        switch (processor.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64", "arm64" -> "arm64";
          default -> "";
        };
    String platform = (system.startsWith("mac") ? "darwin" : system) + "-" + cpu;
    return switch (platform) {
      case "linux-x64" -> release("linux-x64-gnu", Optional.of(LINUX_X64_SHA512));
      case "linux-arm64" -> release("linux-arm64-gnu", Optional.empty());
      case "darwin-x64", "darwin-arm64" -> release(platform, Optional.empty());
      default ->
          throw new EmbeddedStartException(
              "There is no embedded ClickHouse for "
                  + systemName
                  + " on "
                  + processor
                  + "; set AFTERSEND_CLICKHOUSE_URL to a ClickHouse server");
    };
  }

  private static EngineRelease release(String platform, Optional<String> sha512) {
    return new EngineRelease(
        "@chdb/lib-" + platform,
        VERSION,
        sha512,
        "libchdb.so",
        "libchdb.so",
        PACKED_BYTES,
        UNPACKED_BYTES);
  }

  /// Compares the packed file with the pinned checksum.
  void verify(Path packed) throws IOException, EmbeddedStartException {
    if (sha512.isEmpty()) {
      return;
    }
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
    try (InputStream in = Files.newInputStream(packed)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    String found = Base64.getEncoder().encodeToString(digest.digest());
    if (!found.equals(sha512.get())) {
      throw new EmbeddedStartException(
          "The ClickHouse engine "
              + packageName
              + "@"
              + version
              + " has the wrong checksum: expected sha512 "
              + sha512.get()
              + ", got "
              + found);
    }
  }
}
