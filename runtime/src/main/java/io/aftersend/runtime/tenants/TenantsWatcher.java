package io.aftersend.runtime.tenants;

import io.aftersend.runtime.watch.FileStamp;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tenants as the file says, at most a second behind it. A file that is broken or gone changes
/// nothing: the last good snapshot stays, the problem is logged once and counted.
///
/// [#get()] is one volatile read; a snapshot is the same object until the file changes, so what a
/// service derives from it can be kept by its identity. Safe for any thread.
public final class TenantsWatcher implements Supplier<Tenants>, AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  /// File times may be as coarse as this: within it after a change, an equal time proves nothing.
  private static final Duration TIME_GRAIN = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(TenantsWatcher.class);

  private final TenantsFile file;
  private final InstantSource clock;
  private final Counter reloads;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private volatile Tenants tenants;
  private volatile @Nullable String problem;

  /// What was read last, usable or not; null when nothing could be read. Like the next one only
  /// touched by the watcher's thread once that runs.
  private byte @Nullable [] lastBytes;

  /// The file's stamp when it was last read, if an equal one proves that nothing has changed.
  private @Nullable FileStamp settledStamp;

  private TenantsWatcher(TenantsFile file, Counter reloads, InstantSource clock) {
    this.file = file;
    this.reloads = reloads;
    this.clock = clock;
    byte[] bytes = file.bytes();
    this.tenants = file.parse(bytes);
    this.lastBytes = bytes;
    this.thread = Thread.ofPlatform().daemon().name("tenants-watcher").unstarted(this::watch);
    file.warnIfOthersCanRead();
  }

  /// Reads the file and begins to watch it.
  ///
  /// @throws TenantsFileException when the file cannot be used now
  public static TenantsWatcher start(Path file) {
    return start(file, new PrometheusRegistry());
  }

  /// Reads the file and begins to watch it.
  ///
  /// @param registry gets the counter `aftersend_tenants_reloads_total` with label `result`
  ///   (`loaded`, `failed`); one watcher per registry
  /// @throws TenantsFileException when the file cannot be used now
  public static TenantsWatcher start(Path file, PrometheusRegistry registry) {
    Counter reloads =
        Counter.builder()
            .name("aftersend_tenants_reloads_total")
            .help("Changes of the tenants file that were noticed, by what came of them.")
            .labelNames("result")
            .register(registry);
    reloads.initLabelValues("loaded");
    reloads.initLabelValues("failed");
    TenantsWatcher watcher =
        new TenantsWatcher(new TenantsFile(file), reloads, InstantSource.system());
    watcher.thread.start();
    return watcher;
  }

  /// The tenants of the last good file.
  @Override
  public Tenants get() {
    return tenants;
  }

  /// Why the present file is not in use; null when it is. Fit for a check of
  /// [io.aftersend.runtime.lifecycle.Health].
  public @Nullable String problem() {
    return problem;
  }

  /// How many changes of the file could not be used.
  public long failures() {
    return (long) reloads.labelValues("failed").get();
  }

  /// Stops to watch; the last snapshot stays. Further calls do nothing.
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
      log.warn("the watcher of {} was interrupted: changes go unnoticed", file.path());
    }
  }

  private void look() {
    FileStamp stamp = FileStamp.of(file.path());
    if (stamp != null && stamp.equals(settledStamp)) {
      return;
    }
    boolean isSettled =
        stamp != null && stamp.modified().toInstant().isBefore(clock.instant().minus(TIME_GRAIN));
    try {
      byte[] bytes = file.bytes();
      if (!Arrays.equals(bytes, lastBytes)) {
        lastBytes = bytes;
        load(bytes);
      }
      settledStamp = isSettled ? stamp : null;
    } catch (TenantsFileException e) {
      lastBytes = null;
      settledStamp = null;
      String why = String.valueOf(e.getMessage());
      if (!why.equals(problem)) {
        failed(why);
      }
    }
  }

  private void load(byte[] bytes) {
    try {
      tenants = file.parse(bytes);
    } catch (TenantsFileException e) {
      failed(String.valueOf(e.getMessage()));
      return;
    }
    problem = null;
    reloads.labelValues("loaded").inc();
    log.info("{} has changed: {} tenants", file.path(), tenants.tenants().size());
    file.warnIfOthersCanRead();
  }

  private void failed(String why) {
    problem = why;
    reloads.labelValues("failed").inc();
    log.error("{}; the tenants stay as they were", why);
  }
}
