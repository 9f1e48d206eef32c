package io.aftersend.bench.micro;

import io.aftersend.processor.enrich.Agents;
import io.aftersend.processor.enrich.EnrichMetrics;
import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.enrich.PlacesFiles;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Enriching a person's click: client, device and, with a database, place. The database is the one
/// of the system property `places`, comma-separated where they are several; without, none.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EnrichmentBenchmark {
  private static final String AGENT =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/131.0.%d.0 Safari/537.36";
  private static final String KNOWN_AGENT = AGENT.formatted(0);
  private static final String KNOWN_ADDRESS = "81.2.69.0";

  private final EnrichMetrics metrics = new EnrichMetrics(new PrometheusRegistry());
  private final PlacesFiles places = PlacesFiles.start(files(), metrics);
  private final Enrichment enrichment = new Enrichment(Agents.load(metrics), places, metrics);
  private final JudgedEvent click = new JudgedEvent();
  private int number;

  public EnrichmentBenchmark() {
    click.setVerdict("human");
    click.setReasons(List.of("no_signal"));
  }

  private static List<Path> files() {
    String names = System.getProperty("places", "");
    return names.isEmpty() ? List.of() : Arrays.stream(names.split(",", -1)).map(Path::of).toList();
  }

  /// Agent and address have come before.
  @Benchmark
  public JudgedEvent warm() {
    return enrich(KNOWN_AGENT, KNOWN_ADDRESS);
  }

  /// The agent never came before.
  @Benchmark
  public JudgedEvent newAgent() {
    return enrich(AGENT.formatted(++number), KNOWN_ADDRESS);
  }

  /// The address comes anew each time: there are more than are remembered.
  @Benchmark
  public JudgedEvent newAddress() {
    int next = ++number;
    String address = "%d.%d.%d.0".formatted(1 + next % 220, next >> 8 & 255, next & 255);
    return enrich(KNOWN_AGENT, address);
  }

  private JudgedEvent enrich(String agent, String address) {
    click.setUserAgent(agent);
    click.setIp(address);
    click.setRecipientTimeZone(null);
    enrichment.enrich(EventType.CLICKED, click);
    return click;
  }

  @TearDown
  public void close() {
    places.close();
  }
}
