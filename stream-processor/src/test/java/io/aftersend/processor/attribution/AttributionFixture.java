package io.aftersend.processor.attribution;

import io.aftersend.processor.state.StoreMemory;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.ConversionAttribution;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.topic.AvroSerde;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;

/// The stage of attribution by itself, for judged events in any revision, and what came out of it.
final class AttributionFixture implements AutoCloseable {
  static final Duration WINDOW = Duration.ofDays(7);
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final StoreMemory memory = new StoreMemory(64L << 20);
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, JudgedEvent> input;
  private final TestOutputTopic<String, CampaignSums> sumsTopic;
  private final TestOutputTopic<String, ConversionAttribution> rowsTopic;
  private final Map<String, Map<String, Long>> counters = new TreeMap<>();
  private final Map<String, Map<String, BigDecimal>> revenue = new TreeMap<>();
  private final Map<String, ConversionAttribution> rows = new TreeMap<>();

  AttributionFixture(Path directory) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(AttributionProcessor.store());
    AttributionMetrics metrics = new AttributionMetrics(new PrometheusRegistry());
    KStream<String, SpecificRecord> out =
        builder.stream("in", Consumed.with(Serdes.String(), AvroSerde.of(JudgedEvent.class)))
            .filter((key, event) -> AttributionEvents.concerns(event))
            .mapValues(SpecificRecord.class::cast)
            .process(() -> new AttributionProcessor(WINDOW, metrics), "recipient-acts");
    out.filter((key, record) -> record instanceof CampaignSums)
        .mapValues(CampaignSums.class::cast)
        .to("sums", Produced.with(Serdes.String(), AvroSerde.of(CampaignSums.class)));
    out.filter((key, record) -> record instanceof ConversionAttribution)
        .mapValues(ConversionAttribution.class::cast)
        .to("rows", Produced.with(Serdes.String(), AvroSerde.of(ConversionAttribution.class)));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.Setter.class);
    settings.put(StoreMemory.KEY, memory);
    driver = new TopologyTestDriver(builder.build(), settings, NOON);
    input =
        driver.createInputTopic(
            "in", Serdes.String().serializer(), AvroSerde.of(JudgedEvent.class).serializer());
    sumsTopic =
        driver.createOutputTopic(
            "sums",
            Serdes.String().deserializer(),
            AvroSerde.of(CampaignSums.class).deserializer());
    rowsTopic =
        driver.createOutputTopic(
            "rows",
            Serdes.String().deserializer(),
            AvroSerde.of(ConversionAttribution.class).deserializer());
  }

  void pipe(JudgedEvent... events) {
    for (JudgedEvent event : events) {
      if (event.getRecipient() != null) {
        input.pipeInput(AttributionEvents.key(event), event, NOON);
      }
    }
    for (CampaignSums delta : sumsTopic.readValuesToList()) {
      String campaign = delta.getTenant() + "|" + delta.getCampaign();
      Map<String, Long> counts = counters.computeIfAbsent(campaign, any -> new TreeMap<>());
      delta.getCounters().forEach((name, change) -> counts.merge(name, change, Long::sum));
      counts.values().removeIf(count -> count == 0);
      Map<String, BigDecimal> earned = revenue.computeIfAbsent(campaign, any -> new TreeMap<>());
      delta.getRevenue().forEach((name, change) -> earned.merge(name, change, BigDecimal::add));
      earned.values().removeIf(sum -> sum.signum() == 0);
    }
    rowsTopic.readKeyValuesToList().forEach(row -> put(row.key, row.value));
  }

  private void put(String key, ConversionAttribution row) {
    ConversionAttribution before = rows.put(key, row);
    if (before != null && before.getVersion() >= row.getVersion()) {
      throw new AssertionError("expected a version that grows, got " + before + ", " + row);
    }
  }

  /// The sum of all deltas of a campaign, without zeros.
  Map<String, Long> counters(String tenant, String campaign) {
    return counters.getOrDefault(tenant + "|" + campaign, Map.of());
  }

  Map<String, BigDecimal> revenue(String tenant, String campaign) {
    return revenue.getOrDefault(tenant + "|" + campaign, Map.of());
  }

  /// The last word about a conversion: `outcome`, behind it ` campaign message` where it has one.
  String outcome(String tenant, String recipient, String eventId) {
    ConversionAttribution row = rows.get(tenant + "|" + recipient + "|" + eventId);
    if (row == null) {
      return "none";
    }
    return row.getCampaign() == null
        ? row.getOutcome()
        : row.getOutcome() + " " + row.getCampaign() + " " + row.getMessage();
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}
