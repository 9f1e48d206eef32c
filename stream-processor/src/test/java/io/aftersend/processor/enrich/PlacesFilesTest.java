package io.aftersend.processor.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.runtime.lifecycle.StartupException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacesFilesTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EnrichMetrics metrics = new EnrichMetrics(registry);

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void makeFile() {
    file = database("Baku").writeTo(directory.resolve("places.mmdb"));
  }

  private static MmdbFile database(String city) {
    return MmdbFile.v4().add("5.197.0.0/16", Map.of("country_code", "AZ", "city", city));
  }

  private static String city(PlacesFiles places) throws IOException {
    return String.valueOf(places.get().find("5.197.1.0").city());
  }

  private long reloads(String result) {
    return registry.scrape().stream()
        .filter(snapshot -> snapshot.getMetadata().getName().endsWith("places_reloads"))
        .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
        .filter(point -> point.getLabels().equals(Labels.of("result", result)))
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  /// Looks as often as the watcher needs to trust a file that no longer changes.
  private static void lookTwice(PlacesFiles places) {
    places.look();
    places.look();
  }

  @Test
  void takesUpANewFileWithoutARestart() throws IOException {
    try (PlacesFiles places = PlacesFiles.start(List.of(file), metrics)) {
      assertThat(city(places)).isEqualTo("Baku");
      database("Ganja").moveTo(file);
      long deadline = System.nanoTime() + DEADLINE.toNanos();
      while (!city(places).equals("Ganja") && System.nanoTime() < deadline) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      assertThat(city(places)).isEqualTo("Ganja");
    }
  }

  @Test
  void keepsTheLastGoodFileWhenTheNewOneIsBroken() throws IOException {
    PlacesFiles places = PlacesFiles.open(List.of(file), metrics);
    Files.writeString(file, "no database");
    lookTwice(places);
    lookTwice(places);
    assertThat(city(places)).isEqualTo("Baku");
    assertThat(reloads("failed")).as("said once").isEqualTo(1);
    Files.delete(file);
    lookTwice(places);
    assertThat(city(places)).isEqualTo("Baku");
    assertThat(reloads("failed")).isEqualTo(2);
    database("Sumgait").writeTo(file);
    lookTwice(places);
    assertThat(city(places)).isEqualTo("Sumgait");
    assertThat(reloads("loaded")).isEqualTo(1);
    assertThat(reloads("failed")).isEqualTo(2);
  }

  @Test
  void leavesAFileAloneThatStillGrows() throws IOException {
    PlacesFiles places = PlacesFiles.open(List.of(file), metrics);
    byte[] whole = database("Ganja").bytes();
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 3));
    places.look();
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    places.look();
    Files.write(file, whole);
    places.look();
    assertThat(reloads("failed")).isZero();
    places.look();
    assertThat(city(places)).isEqualTo("Ganja");
    assertThat(reloads("failed")).isZero();
  }

  @Test
  void doesNotStartOnABrokenFile() throws IOException {
    Files.writeString(file, "no database");
    assertThatThrownBy(() -> PlacesFiles.start(List.of(file), metrics))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cannot use the places file " + file);
  }
}
