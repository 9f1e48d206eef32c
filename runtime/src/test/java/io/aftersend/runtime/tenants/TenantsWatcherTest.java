package io.aftersend.runtime.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.runtime.admin.MetricsText;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantsWatcherTest {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  @TempDir Path directory;

  private Path path = Path.of("");
  private TenantsFile file = new TenantsFile(path);

  @BeforeEach
  void makeFile() {
    path = directory.resolve("tenants.json");
    file = new TenantsFile(path);
    file.update(before -> before.withTenant(Examples.tenant("first")));
  }

  @Test
  void picksUpAChange() {
    PrometheusRegistry registry = new PrometheusRegistry();
    try (TenantsWatcher watcher = TenantsWatcher.start(path, registry)) {
      Tenants before = watcher.get();
      assertThat(before.tenant("first")).isNotNull();

      file.update(tenants -> tenants.withTenant(Examples.tenant("second")));
      await(() -> watcher.get().tenant("second") != null);

      assertThat(before.tenant("second")).as("the old snapshot").isNull();
      await(() -> metrics(registry).contains("reloads_total{result=\"loaded\"} 1.0\n"));
    }
  }

  @Test
  void picksUpAChangeThatKeepsSizeAndTime() throws IOException {
    // A time to come never counts as settled, however slow the test is.
    FileTime time = FileTime.from(Instant.now().plusSeconds(3600));
    String content = Files.readString(path);
    try (TenantsWatcher watcher = TenantsWatcher.start(path)) {
      overwrite(content.replace("first", "other"), time);
      await(() -> watcher.get().tenant("other") != null);
      overwrite(content.replace("first", "third"), time);
      await(() -> watcher.get().tenant("third") != null);
    }
  }

  @Test
  void brokenFileKeepsTheOldSnapshotAndIsCounted() throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    String good = Files.readString(path);
    try (TenantsWatcher watcher = TenantsWatcher.start(path, registry)) {
      Tenants before = watcher.get();
      replaceFile(good.replace("\"first\"", "\"no id\""));
      await(() -> watcher.failures() == 1);

      assertThat(watcher.get()).isSameAs(before);
      assertThat(watcher.problem()).startsWith(path + ": $.tenants[0].id: expected");
      assertThat(metrics(registry)).contains("reloads_total{result=\"failed\"} 1.0\n");

      replaceFile(good.replace("\"first\"", "\"mended\""));
      await(() -> watcher.get().tenant("mended") != null);
      await(() -> watcher.problem() == null);
      assertThat(watcher.failures()).isEqualTo(1);
    }
  }

  @Test
  void missingFileKeepsTheOldSnapshotUntilItIsBack() throws IOException {
    String good = Files.readString(path);
    try (TenantsWatcher watcher = TenantsWatcher.start(path)) {
      Tenants before = watcher.get();
      Files.delete(path);
      await(() -> watcher.problem() != null);

      assertThat(watcher.get()).isSameAs(before);
      assertThat(watcher.problem()).contains("there is no such file");

      replaceFile(good);
      await(() -> watcher.problem() == null);
      assertThat(watcher.get()).isEqualTo(before);
      assertThat(watcher.failures()).isEqualTo(1);
    }
  }

  @Test
  void doesNotStartWithoutAUsableFile() throws IOException {
    Files.writeString(path, "{}");

    assertThatThrownBy(() -> TenantsWatcher.start(path))
        .isInstanceOf(TenantsFileException.class)
        .hasMessage(path + ": $.version: expected this field, it is missing");
  }

  private void replaceFile(String content) throws IOException {
    Path next = Files.writeString(directory.resolve("next.json"), content);
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Writes in place, so that the file stays the same one.
  private void overwrite(String content, FileTime time) throws IOException {
    Files.write(path, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    Files.setLastModifiedTime(path, time);
  }

  private static String metrics(PrometheusRegistry registry) {
    return new String(MetricsText.of(registry), StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadlineNs);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
