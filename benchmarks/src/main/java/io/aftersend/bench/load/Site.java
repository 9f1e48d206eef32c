package io.aftersend.bench.load;

import io.aftersend.bench.generator.BrowserRequest;
import io.aftersend.bench.generator.Requests;
import io.aftersend.bench.process.WorkDirectory;
import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.PixelPosition;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenSigner;
import io.aftersend.links.TrackedLinks;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.TenantsFile;
import io.aftersend.standalone.tenant.TenantAdministration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.IntStream;

/// A directory of one measurement: tenants, requests, the servers' files. Closing it deletes it.
///
/// @param tenantsFile with one tenant, whose key signed the requests
/// @param requestsFile pixels of many recipients, as a browser asks for them
record Site(Path directory, Path tenantsFile, Path requestsFile) implements AutoCloseable {
  private static final String TENANT = "bench";
  private static final int RETENTION_DAYS = 400;
  private static final int RECIPIENTS = 1_000;
  private static final long ISSUED_AT_SECONDS = 1_790_000_000L;

  /// Makes a site on the disk that holds `below`.
  static Site make(Path below) throws IOException {
    Path directory = Files.createTempDirectory(Files.createDirectories(below), "edge-load-");
    Path tenantsFile = directory.resolve("tenants.json");
    Path requestsFile = directory.resolve("requests");
    KeyRing ring = addTenant(tenantsFile);
    TrackedLinks links = new TrackedLinks("https://track.example.com", new TokenSigner(() -> ring));
    Requests.write(
        requestsFile,
        IntStream.range(0, RECIPIENTS).mapToObj(recipient -> request(links, recipient)).toList());
    return new Site(directory, tenantsFile, requestsFile);
  }

  private static KeyRing addTenant(Path file) {
    TenantAdministration administration =
        new TenantAdministration(new TenantsFile(file), new SecureRandom(), InstantSource.system());
    SigningKeyEntry key =
        Objects.requireNonNull(
            administration.add(TENANT, "UTC", RETENTION_DAYS).tenant().activeSigningKey(),
            "a new tenant has a key");
    return KeyRing.builder()
        .addActive(SigningKey.of(TENANT, key.id(), key.secret().bytes()))
        .build();
  }

  private static String request(TrackedLinks links, int recipient) {
    LinkClaims claims =
        LinkClaims.forTenant(TENANT)
            .campaign("spring-sale")
            .message("m-%07d".formatted(recipient))
            .recipient("r-%07d".formatted(recipient))
            .list("newsletter")
            .position(PixelPosition.BOTTOM)
            .trackedLinks(12)
            .issuedAtSeconds(ISSUED_AT_SECONDS)
            .build();
    String path = URI.create(links.sign(Endpoint.OPEN, claims).url()).getPath();
    return BrowserRequest.of(path);
  }

  /// A directory of that name, made now.
  Path subdirectory(String name) {
    try {
      return Files.createDirectory(directory.resolve(name));
    } catch (IOException e) {
      throw new StartupException("cannot make a directory in " + directory + ": " + e, e);
    }
  }

  @Override
  public void close() {
    new WorkDirectory(directory).close();
  }
}
