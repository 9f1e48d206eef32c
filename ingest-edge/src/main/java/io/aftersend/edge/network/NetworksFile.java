package io.aftersend.edge.network;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.watch.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network table that a file holds, at most a second behind it. A file that is broken or gone
/// changes nothing: the last good table stays, and the problem is logged once. Safe for any thread;
/// [#get()] is one volatile read.
public final class NetworksFile implements Supplier<NetworkTable>, AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Logger log = LoggerFactory.getLogger(NetworksFile.class);

  private final Path file;
  private final Consumer<Boolean> onReload;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile NetworkTable table;
  private @Nullable FileStamp stamp;

  private NetworksFile(Path file, Consumer<Boolean> onReload) throws IOException {
    this.file = file;
    this.onReload = onReload;
    this.stamp = FileStamp.of(file);
    this.table = read();
  }

  /// Reads the file and begins to watch it.
  ///
  /// @param onReload told of every change that was noticed, with whether it could be used
  /// @throws StartupException when the file cannot be used now
  public static NetworksFile start(Path file, Consumer<Boolean> onReload) {
    try {
      NetworksFile networks = new NetworksFile(file, onReload);
      Thread.ofPlatform().daemon().name("networks-watcher").start(networks::watch);
      return networks;
    } catch (IOException e) {
      throw new StartupException("cannot read the networks file " + file + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new StartupException("networks file " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public NetworkTable get() {
    return table;
  }

  /// Stops to watch; the last table stays.
  @Override
  public void close() {
    closed.countDown();
  }

  private NetworkTable read() throws IOException {
    return NetworkTable.parse(Files.readAllLines(file));
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
    FileStamp now = FileStamp.of(file);
    if (Objects.equals(now, stamp)) {
      return;
    }
    stamp = now;
    try {
      table = read();
      onReload.accept(true);
      log.info("Networks file {}: {} prefixes in use", file, table.size());
    } catch (IOException | IllegalArgumentException e) {
      onReload.accept(false);
      log.error("Networks file {} not used, the last table stays: {}", file, e.getMessage());
    }
  }
}
