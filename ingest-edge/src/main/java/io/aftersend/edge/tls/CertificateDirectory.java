package io.aftersend.edge.tls;

import io.aftersend.edge.tls.CertificateFiles.Stamp;
import io.aftersend.runtime.lifecycle.StartupException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates of a directory, at most a second behind it. A pair of files is used when both
/// can be read and belong together; else the last good one of that name stays, and the problem is
/// logged once. Connections that are open keep what they began with. Safe for any thread.
public final class CertificateDirectory implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Logger log = LoggerFactory.getLogger(CertificateDirectory.class);

  private final Path directory;
  private final SslProvider provider;
  private final Consumer<Boolean> onReload;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Map<String, Stamp> stamps = Map.of();
  private @Nullable String listingProblem;
  private volatile CertificateTable table;

  private CertificateDirectory(
      Path directory, SslProvider provider, Consumer<Boolean> onReload, CertificateTable table) {
    this.directory = directory;
    this.provider = provider;
    this.onReload = onReload;
    this.table = table;
  }

  /// Reads the directory and begins to watch it.
  ///
  /// @param onReload told of every change that was noticed, with whether it could be used; once it
  ///   is told so, new connections get what was read
  /// @throws StartupException when it has no certificate, or one that cannot be used
  public static CertificateDirectory start(Path directory, Consumer<Boolean> onReload) {
    return start(directory, Certificate.provider(), onReload);
  }

  static CertificateDirectory start(
      Path directory, SslProvider provider, Consumer<Boolean> onReload) {
    Map<String, Stamp> stamps = new HashMap<>();
    Map<String, Certificate> read = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (CertificateFiles files : list(directory).values()) {
      stamps.put(files.name(), files.stamp());
      try {
        read.put(files.name(), Certificate.read(files, provider));
      } catch (UnusableCertificateException e) {
        problems.add(e.getMessage());
      }
    }
    if (read.isEmpty() && problems.isEmpty()) {
      problems.add(
          directory
              + ": expected NAME.crt with NAME.key, or directories with fullchain.pem and"
              + " privkey.pem, found none");
    }
    if (!problems.isEmpty()) {
      throw new StartupException("cannot serve TLS: " + String.join("; ", problems));
    }
    CertificateDirectory certificates =
        new CertificateDirectory(directory, provider, onReload, CertificateTable.of(read));
    certificates.stamps = stamps;
    if (provider == SslProvider.JDK) {
      log.warn("No BoringSSL for this machine: TLS is done by the JDK, which costs more");
    }
    for (Certificate certificate : read.values()) {
      tell(certificate);
    }
    Thread.ofPlatform().daemon().name("certificates-watcher").start(certificates::watch);
    return certificates;
  }

  private static Map<String, CertificateFiles> list(Path directory) {
    try {
      return CertificateFiles.in(directory);
    } catch (IOException e) {
      throw new StartupException(
          "cannot serve TLS: expected a readable directory of certificates, got " + e, e);
    }
  }

  private static void tell(Certificate certificate) {
    log.info(
        "Certificate {} for {} in use, until {}",
        certificate.name(),
        certificate.domains(),
        certificate.expires());
  }

  /// What serves a client that asks for `host`.
  ///
  /// @param host null when it asks for none
  public SslContext context(@Nullable String host) {
    return table.find(host).context();
  }

  /// How many certificates are in use.
  public int size() {
    return table.certificates().size();
  }

  /// When the first of them ends.
  public Instant firstExpiry() {
    return table.firstExpiry();
  }

  /// Stops to watch; the last certificates stay.
  @Override
  public void close() {
    closed.countDown();
  }

  private void watch() {
    try {
      while (!closed.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Map<String, CertificateFiles> found = CertificateFiles.in(directory);
      if (found.isEmpty()) {
        failListing("it has no certificates any more");
      } else {
        listingProblem = null;
        take(found);
      }
    } catch (IOException e) {
      failListing(e.toString());
    }
  }

  private void take(Map<String, CertificateFiles> found) {
    Map<String, Stamp> seen = new HashMap<>();
    Map<String, Certificate> next = new HashMap<>();
    List<Certificate> reloaded = new ArrayList<>();
    for (CertificateFiles files : found.values()) {
      Stamp stamp = files.stamp();
      seen.put(files.name(), stamp);
      Certificate present = table.named(files.name());
      Certificate certificate = present;
      if (!stamp.equals(stamps.get(files.name()))) {
        certificate = readOrKeep(files, present);
        if (certificate != null && !certificate.equals(present)) {
          reloaded.add(certificate);
        }
      }
      if (certificate != null) {
        next.put(files.name(), certificate);
      }
    }
    stamps = seen;
    if (!next.isEmpty() && !table.has(next)) {
      table = CertificateTable.of(next);
    }
    for (Certificate certificate : reloaded) {
      tell(certificate);
      onReload.accept(true);
    }
  }

  private @Nullable Certificate readOrKeep(CertificateFiles files, @Nullable Certificate present) {
    try {
      return Certificate.read(files, provider);
    } catch (UnusableCertificateException e) {
      onReload.accept(false);
      log.error(
          "Certificate {} not used, {}: {}",
          files.name(),
          present == null ? "there is none of that name" : "the last one stays",
          e.getMessage());
      return present;
    }
  }

  private void failListing(String problem) {
    if (!problem.equals(listingProblem)) {
      listingProblem = problem;
      onReload.accept(false);
      log.error("Certificates in {} not read, the last ones stay: {}", directory, problem);
    }
  }
}
