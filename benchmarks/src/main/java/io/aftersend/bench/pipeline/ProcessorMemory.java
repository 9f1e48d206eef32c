package io.aftersend.bench.pipeline;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a running processor holds, in bytes.
///
/// @param heapBytes after a full collection
/// @param residentBytes of the whole process, as the kernel counts it
/// @param cacheBytes of the block cache that all stores share, their write buffers included
/// @param writeBufferBytes of the stores
/// @param readerBytes of the stores' table readers, outside of the cache
record ProcessorMemory(
    long heapBytes, long residentBytes, long cacheBytes, long writeBufferBytes, long readerBytes) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final String STORES = "aftersend_processor_store_bytes";

  /// Reads it, after having the processor collect its garbage.
  ///
  /// @param process id of the processor
  /// @param admin base URL of its metrics
  static ProcessorMemory of(long process, URI admin) throws InterruptedException {
    try {
      String metrics = metrics(admin);
      long resident = resident(process);
      tell(process, "GC.run");
      return new ProcessorMemory(
          heap(tell(process, "GC.heap_info")),
          resident,
          sample(metrics, "block_cache"),
          sample(metrics, "write_buffers"),
          sample(metrics, "table_readers"));
    } catch (IOException e) {
      throw new StartupException("the processor's memory cannot be read: " + e, e);
    }
  }

  private static String metrics(URI admin) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(admin + "/metrics")).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /// The value of one part of the stores' memory.
  static long sample(String metrics, String part) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(STORES + "{part=\"" + part + "\"}"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(
            () -> new StartupException("expected " + STORES + " of " + part + ", got " + metrics));
  }

  private static long resident(long process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .sum();
  }

  /// Both generations of the serial collector.
  static long heap(String heapInfo) {
    return heapInfo
        .lines()
        .filter(line -> line.startsWith("DefNew") || line.startsWith("Tenured"))
        .map(USED::matcher)
        .filter(Matcher::find)
        .mapToLong(used -> Long.parseLong(used.group(1)) * 1024)
        .sum();
  }

  private static String tell(long process, String command)
      throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException("jcmd " + command + " failed: " + said);
    }
    return said;
  }
}
