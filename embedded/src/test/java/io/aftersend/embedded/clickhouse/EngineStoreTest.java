package io.aftersend.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.embedded.EmbeddedStartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStoreTest {
  private static final byte[] LIBRARY = new byte[300_000];

  @TempDir Path directory;
  private Path root;
  private Path packed;

  @BeforeEach
  void pack() throws IOException {
    root = directory.resolve("store");
    packed = directory.resolve("engine.tgz");
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, "package/package.json", "{}".getBytes(StandardCharsets.UTF_8));
    entry(tar, "package/libchdb.so", LIBRARY);
    tar.writeBytes(new byte[1024]);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      tar.writeTo(out);
    }
  }

  private static void entry(ByteArrayOutputStream tar, String name, byte[] data) {
    byte[] header = new byte[512];
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
    byte[] size = "%011o".formatted(data.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, size.length);
    tar.writeBytes(header);
    tar.writeBytes(data);
    tar.writeBytes(new byte[(512 - data.length % 512) % 512]);
  }

  private String checksum() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(packed));
    return Base64.getEncoder().encodeToString(digest);
  }

  private EngineStore store(String sha512, String script) throws IOException {
    EngineRelease release =
        new EngineRelease(
            "@x/engine", "1.0", Optional.of(sha512), "libchdb.so", "libchdb.so", 1, 1);
    Path npm = directory.resolve("npm.sh");
    Files.writeString(npm, "#!/bin/sh\n" + script);
    return new EngineStore(root, release, List.of("sh", npm.toString()));
  }

  /// Copies the package to where `--pack-destination` says, and notes each call.
  private String goodNpm() {
    return "echo called >> '"
        + directory.resolve("calls")
        + "'\ncp '"
        + packed
        + "' \"${3#*=}/\"\n";
  }

  @Test
  void fetchesOnceForAllWhoNeedItAtTheSameTime() throws Exception {
    EngineStore store = store(checksum(), goodNpm());
    Files.createDirectories(root.resolve("fetch-of-a-killed-process/half"));
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Path>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> store.require((step, _, _) -> steps.add(step))));
      }
      for (Future<Path> each : all) {
        assertThat(Files.readAllBytes(each.get())).isEqualTo(LIBRARY);
      }
    }
    assertThat(Files.readAllLines(directory.resolve("calls"))).hasSize(1);
    assertThat(steps).contains("unpacking");
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("1.0", "fetch.lock");
    }
  }

  @Test
  void refusesAnotherChecksum() throws Exception {
    EngineStore store = store("AAAA", goodNpm());
    assertThatThrownBy(() -> store.require((_, _, _) -> {}))
        .isInstanceOf(EmbeddedStartException.class)
        .hasMessageContaining("wrong checksum: expected sha512 AAAA");
    assertThat(store.isPresent()).isFalse();
  }

  @Test
  void tellsWhatNpmSaysInOneLine() throws Exception {
    EngineStore store =
        store(
            "",
            "echo 'npm warn x'; echo 'npm error code ENOTFOUND'; echo 'npm error no network'; exit 1");
    assertThatThrownBy(() -> store.require((_, _, _) -> {}))
        .isInstanceOf(EmbeddedStartException.class)
        .hasMessage("npm cannot fetch the ClickHouse engine @x/engine@1.0: no network");
  }

  @Test
  void saysThatNpmIsMissing() {
    EngineRelease release = new EngineRelease("@x/engine", "1.0", Optional.empty(), "a", "a", 1, 1);
    EngineStore store = new EngineStore(root, release, List.of("/nowhere/npm"));
    assertThatThrownBy(() -> store.require((_, _, _) -> {}))
        .isInstanceOf(EmbeddedStartException.class)
        .hasMessageContaining("install Node 20 with npm");
  }

  @Test
  void saysThatThereIsNoEngineForAMachine() {
    assertThatThrownBy(() -> EngineRelease.of("Windows 11", "amd64"))
        .isInstanceOf(EmbeddedStartException.class)
        .hasMessageContaining("AFTERSEND_CLICKHOUSE_URL");
  }
}
