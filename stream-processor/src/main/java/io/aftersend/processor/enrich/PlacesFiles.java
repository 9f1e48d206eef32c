package io.aftersend.processor.enrich;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.watch.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The databases of places that files hold, two seconds behind them at most. Files that are broken
/// or gone change nothing: the last good ones stay, and the problem is logged once and counted.
/// Safe for any thread; [#get()] is one volatile read.
public final class PlacesFiles implements Supplier<Places>, AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Logger log = LoggerFactory.getLogger(PlacesFiles.class);

  private final List<Path> files;
  private final EnrichMetrics metrics;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Places places;

  /// The stamps of what was opened last, usable or not, and of the look before this one. Only
  /// touched by the watcher's thread once that runs.
  private List<@Nullable FileStamp> opened;

  private List<@Nullable FileStamp> lastSeen;

  private PlacesFiles(List<Path> files, EnrichMetrics metrics) throws IOException {
    this.files = List.copyOf(files);
    this.metrics = metrics;
    this.opened = stamps();
    this.lastSeen = opened;
    this.places = Places.open(files);
    metrics.onPlacesInUse(places.built());
  }

  /// Opens the files and begins to watch them.
  ///
  /// @param files without any, nothing has a place, and nothing is watched
  /// @throws StartupException when one cannot be used now
  public static PlacesFiles start(List<Path> files, EnrichMetrics metrics) {
    PlacesFiles watched = open(files, metrics);
    if (!files.isEmpty()) {
      Thread.ofPlatform().daemon().name("places-watcher").start(watched::watch);
    }
    return watched;
  }

  /// Opens the files; whoever calls looks after changes by [#look()].
  static PlacesFiles open(List<Path> files, EnrichMetrics metrics) {
    try {
      return new PlacesFiles(files, metrics);
    } catch (IOException e) {
      throw new StartupException("cannot use the places file " + e.getMessage(), e);
    }
  }

  @Override
  public Places get() {
    return places;
  }

  /// Stops to watch; what was opened last stays.
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

  /// Opens the files anew where they have changed. One that still grows is left alone until it has
  /// been the same for two looks.
  void look() {
    List<@Nullable FileStamp> now = stamps();
    boolean isSettled = now.equals(lastSeen);
    lastSeen = now;
    if (now.equals(opened) || !isSettled) {
      return;
    }
    opened = now;
    try {
      Places fresh = Places.open(files);
      places = fresh;
      Instant built = fresh.built();
      metrics.onReload(true);
      metrics.onPlacesInUse(built);
      log.info("Places file {}: in use as of {}", files, built);
    } catch (IOException e) {
      metrics.onReload(false);
      log.error("Places file not used, the last one stays: {}", e.getMessage());
    }
  }

  private List<@Nullable FileStamp> stamps() {
    List<@Nullable FileStamp> stamps = new ArrayList<>();
    for (Path file : files) {
      stamps.add(FileStamp.of(file));
    }
    return stamps;
  }
}
