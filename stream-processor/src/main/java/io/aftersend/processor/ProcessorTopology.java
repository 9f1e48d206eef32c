package io.aftersend.processor;

import io.aftersend.processor.accounting.LaneSumProcessor;
import io.aftersend.processor.accounting.LedgerStores;
import io.aftersend.processor.accounting.RefusedRowProcessor;
import io.aftersend.processor.attribution.AttributionEvents;
import io.aftersend.processor.attribution.AttributionMetrics;
import io.aftersend.processor.attribution.AttributionProcessor;
import io.aftersend.processor.count.BucketSumProcessor;
import io.aftersend.processor.count.CampaignSumProcessor;
import io.aftersend.processor.count.CountMetrics;
import io.aftersend.processor.count.CountingProcessor;
import io.aftersend.processor.count.CountingStores;
import io.aftersend.processor.count.FactsLife;
import io.aftersend.processor.count.IdLimit;
import io.aftersend.processor.count.LinkSumProcessor;
import io.aftersend.processor.count.RejudgementMetrics;
import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.hindsight.HindsightMetrics;
import io.aftersend.processor.hindsight.HindsightStores;
import io.aftersend.processor.intake.Intake;
import io.aftersend.processor.intake.IntakeMetrics;
import io.aftersend.processor.intake.IntakeProcessor;
import io.aftersend.processor.list.ListEvents;
import io.aftersend.processor.list.ListProcessor;
import io.aftersend.processor.list.ListStageMetrics;
import io.aftersend.processor.mailbox.MailboxEvents;
import io.aftersend.processor.order.OrderClaims;
import io.aftersend.processor.order.OrderProcessor;
import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.ConversionAttribution;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.state.OrderTaken;
import io.aftersend.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.StoreBuilder;

/// The whole way from events to judged events, the metrics of campaigns, links and lists, heatmap
/// buckets and the accounting of lanes.
///
/// Stage 1, keyed by what the event is about, drops repeats, judges, enriches and turns each event
/// into deltas, which it adds up. Stage 2 sums the deltas per campaign and its slices, per link,
/// per bucket and per lane. Conversions with an order take a turn keyed by the order before they
/// enter stage 1. Events that change a mailing list go on to a stage keyed by the list; clicks and
/// conversions to one keyed by the recipient, which attributes conversions and sends campaign
/// deltas of its own.
final class ProcessorTopology {
  private final TopologySettings settings;
  private final Topics topics;
  private final ToIntFunction<String> retentionDays;
  private final Enrichment enrichment;
  private final IntakeMetrics intakeMetrics;
  private final CountMetrics countMetrics;
  private final RejudgementMetrics rejudgementMetrics;
  private final HindsightMetrics hindsightMetrics;
  private final ListStageMetrics listMetrics;
  private final AttributionMetrics attributionMetrics;
  private final PeopleStages people;
  private final LedgerStores ledgerStores;

  private ProcessorTopology(
      TopologySettings settings,
      Topics topics,
      ToIntFunction<String> retentionDays,
      Enrichment enrichment,
      IntakeMetrics intakeMetrics,
      CountMetrics countMetrics,
      RejudgementMetrics rejudgementMetrics,
      HindsightMetrics hindsightMetrics,
      ListStageMetrics listMetrics,
      AttributionMetrics attributionMetrics,
      PeopleStages people) {
    this.settings = settings;
    this.topics = topics;
    this.retentionDays = retentionDays;
    this.enrichment = enrichment;
    this.intakeMetrics = intakeMetrics;
    this.countMetrics = countMetrics;
    this.rejudgementMetrics = rejudgementMetrics;
    this.hindsightMetrics = hindsightMetrics;
    this.listMetrics = listMetrics;
    this.attributionMetrics = attributionMetrics;
    this.people = people;
    this.ledgerStores = new LedgerStores(settings.repeatHorizon());
  }

  /// Builds the topology. Pure: touches neither network nor disk.
  ///
  /// @param retentionDays days for which a tenant's events are kept, by tenant
  static Topology build(
      TopologySettings settings,
      Topics topics,
      ToIntFunction<String> retentionDays,
      Enrichment enrichment,
      IntakeMetrics intakeMetrics,
      CountMetrics countMetrics,
      RejudgementMetrics rejudgementMetrics,
      HindsightMetrics hindsightMetrics,
      ListStageMetrics listMetrics,
      AttributionMetrics attributionMetrics,
      PeopleStages people) {
    return new ProcessorTopology(
            settings,
            topics,
            retentionDays,
            enrichment,
            intakeMetrics,
            countMetrics,
            rejudgementMetrics,
            hindsightMetrics,
            listMetrics,
            attributionMetrics,
            people)
        .build();
  }

  private Topology build() {
    StreamsBuilder builder = new StreamsBuilder(explicitNames());
    ledgerStores.builders().forEach(builder::addStateStore);
    Map<String, KStream<String, SpecificRecord>> taken =
        takeIn(builder)
            .split(Named.as("taken-"))
            .branch((key, record) -> record instanceof DeadLetter, Branched.as("dead-letters"))
            .branch((key, record) -> claimsOrder(record), Branched.as("conversions"))
            .defaultBranch(Branched.as("events"));
    Flow.send(Flow.branch(taken, "taken-dead-letters", DeadLetter.class), topics.deadLetters());
    KStream<String, JudgedEvent> events = Flow.branch(taken, "taken-events", JudgedEvent.class);
    Map<String, KStream<String, SpecificRecord>> claimed =
        claimOrders(Flow.branch(taken, "taken-conversions", JudgedEvent.class));
    Map<String, KStream<String, SpecificRecord>> counted =
        count(events.merge(claimedEvents(claimed), Named.as("all-events")))
            .split(Named.as("counted-"))
            .branch((key, record) -> record instanceof JudgedEvent, Branched.as("events"))
            .branch((key, record) -> record instanceof CampaignSums, Branched.as("campaigns"))
            .branch((key, record) -> record instanceof LaneAccounting, Branched.as("lanes"))
            .branch((key, record) -> record instanceof LinkMetrics, Branched.as("links"))
            .defaultBranch(Branched.as("buckets"));
    KStream<String, JudgedEvent> judged =
        Flow.branch(counted, "counted-events", JudgedEvent.class)
            .merge(
                RejudgeStage.build(builder, settings, topics, rejudgementMetrics, hindsightMetrics),
                Named.as("all-judged-events"))
            .mapValues(ListEvents::marked, Named.as("mark-list-events"))
            .mapValues(MailboxEvents::marked, Named.as("mark-mailbox-events"));
    Flow.send(judged, topics.judgedEvents());
    countLists(judged);
    people.countMailboxes(judged);
    KStream<String, CampaignMetrics> campaigns =
        sumCampaigns(
            Flow.branch(counted, "counted-campaigns", CampaignSums.class)
                .merge(
                    attribute(judged, Flow.branch(claimed, "claimed-orders", OrderTaken.class)),
                    Named.as("all-campaign-deltas")));
    people.followPersons(judged, campaigns);
    sumBuckets(Flow.branch(counted, "counted-buckets", HeatmapBucket.class));
    sumLanes(Flow.branch(counted, "counted-lanes", LaneAccounting.class));
    sumLinks(Flow.branch(counted, "counted-links", LinkMetrics.class));
    takeBackRefusedRows(builder);
    return builder.build();
  }

  private static TopologyConfig explicitNames() {
    return new TopologyConfig(
        new StreamsConfig(
            Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "topology",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                true)));
  }

  private KStream<String, SpecificRecord> takeIn(StreamsBuilder builder) {
    String topic = topics.emailEvents().name();
    Intake intake =
        new Intake(
            topic,
            topics.emailEvents().valueSerde().deserializer(),
            settings.rules(),
            retentionDays,
            enrichment);
    return builder.stream(
            topic,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new IngestTime())
                .withName("events"))
        .process(
            () -> new IntakeProcessor(intake, intakeMetrics, ledgerStores),
            Named.as("take-in"),
            ledgerStores.names());
  }

  private static boolean claimsOrder(SpecificRecord record) {
    return record instanceof JudgedEvent event && OrderClaims.claims(event);
  }

  private Map<String, KStream<String, SpecificRecord>> claimOrders(
      KStream<String, JudgedEvent> conversions) {
    return conversions
        .selectKey((key, event) -> OrderClaims.key(event), Named.as("key-by-order"))
        .repartition(Flow.repartitioned("conversions-by-order", JudgedEvent.class))
        .process(
            Flow.supplier(
                () -> new OrderProcessor(settings.repeatHorizon()),
                List.of(OrderProcessor.store(settings.repeatHorizon()))),
            Named.as("claim-order"))
        .split(Named.as("claimed-"))
        .branch((key, record) -> record instanceof OrderTaken, Branched.as("orders"))
        .defaultBranch(Branched.as("events"));
  }

  private KStream<String, JudgedEvent> claimedEvents(
      Map<String, KStream<String, SpecificRecord>> claimed) {
    return Flow.branch(claimed, "claimed-events", JudgedEvent.class)
        .repartition(Flow.repartitioned("conversions-by-key", JudgedEvent.class));
  }

  private KStream<String, SpecificRecord> count(KStream<String, JudgedEvent> events) {
    CountingStores stores = new CountingStores(settings.factsKept());
    HindsightStores hindsight = new HindsightStores(settings.hindsight());
    List<StoreBuilder<?>> builders = new ArrayList<>(stores.builders());
    builders.addAll(hindsight.builders());
    return events.process(
        Flow.supplier(
            () ->
                new CountingProcessor(
                    stores,
                    hindsight,
                    settings.rules(),
                    enrichment,
                    ledgerStores,
                    new IdLimit(settings.idsPerMessage(), settings.repeatHorizon()),
                    new FactsLife(settings.factsKept()),
                    countMetrics,
                    hindsightMetrics),
            builders),
        Named.as("count"),
        ledgerStores.names());
  }

  /// Gives the deltas of campaigns.
  private KStream<String, CampaignSums> attribute(
      KStream<String, JudgedEvent> judged, KStream<String, OrderTaken> orders) {
    KStream<String, SpecificRecord> taken =
        orders
            .selectKey((key, order) -> AttributionEvents.key(order), Named.as("key-by-loser"))
            .repartition(Flow.repartitioned("orders-by-recipient", OrderTaken.class))
            .mapValues(SpecificRecord.class::cast, Named.as("taken-orders"));
    Map<String, KStream<String, SpecificRecord>> attributed =
        judged
            .filter((key, event) -> AttributionEvents.concerns(event), Named.as("recipient-events"))
            .selectKey((key, event) -> AttributionEvents.key(event), Named.as("key-by-recipient"))
            .repartition(Flow.repartitioned("events-by-recipient", JudgedEvent.class))
            .mapValues(SpecificRecord.class::cast, Named.as("recipient-news"))
            .merge(taken, Named.as("all-recipient-news"))
            .process(
                Flow.supplier(
                    () ->
                        new AttributionProcessor(settings.attributionWindow(), attributionMetrics),
                    List.of(AttributionProcessor.store())),
                Named.as("attribute"))
            .split(Named.as("attributed-"))
            .branch((key, record) -> record instanceof CampaignSums, Branched.as("campaigns"))
            .defaultBranch(Branched.as("conversions"));
    Flow.send(
        Flow.branch(attributed, "attributed-conversions", ConversionAttribution.class),
        topics.conversionAttributions());
    return Flow.branch(attributed, "attributed-campaigns", CampaignSums.class);
  }

  private KStream<String, CampaignMetrics> sumCampaigns(KStream<String, CampaignSums> deltas) {
    KStream<String, CampaignMetrics> campaigns =
        deltas
            .repartition(Flow.repartitioned("campaign-deltas", CampaignSums.class))
            .process(
                Flow.supplier(CampaignSumProcessor::new, CampaignSumProcessor.stores()),
                Named.as("sum-campaigns"));
    Flow.send(campaigns, topics.campaignMetrics());
    return campaigns;
  }

  private void sumBuckets(KStream<String, HeatmapBucket> deltas) {
    Flow.send(
        deltas
            .repartition(Flow.repartitioned("bucket-deltas", HeatmapBucket.class))
            .process(
                Flow.supplier(BucketSumProcessor::new, BucketSumProcessor.stores()),
                Named.as("sum-buckets")),
        topics.heatmapBuckets());
  }

  private void sumLinks(KStream<String, LinkMetrics> deltas) {
    Flow.send(
        deltas
            .repartition(Flow.repartitioned("link-deltas", LinkMetrics.class))
            .process(
                Flow.supplier(LinkSumProcessor::new, LinkSumProcessor.stores()),
                Named.as("sum-links")),
        topics.linkMetrics());
  }

  private void countLists(KStream<String, JudgedEvent> judged) {
    Flow.send(
        judged
            .filter((key, event) -> ListEvents.changesList(event), Named.as("list-events"))
            .selectKey((key, event) -> ListEvents.key(event), Named.as("key-by-list"))
            .repartition(Flow.repartitioned("events-by-list", JudgedEvent.class))
            .process(
                Flow.supplier(() -> new ListProcessor(listMetrics), ListProcessor.stores()),
                Named.as("count-lists")),
        topics.listMetrics());
  }

  private void sumLanes(KStream<String, LaneAccounting> deltas) {
    Flow.send(
        deltas
            .repartition(Flow.repartitioned("lane-deltas", LaneAccounting.class))
            .process(
                Flow.supplier(
                    () -> new LaneSumProcessor(settings.flushInterval()),
                    LaneSumProcessor.stores()),
                Named.as("sum-lanes")),
        topics.accounting());
  }

  /// Shares the stores, and so the tasks, of the first stage, which passes on what it notes.
  private void takeBackRefusedRows(StreamsBuilder builder) {
    builder.stream(
            topics.deadLetters().name(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new IngestTime())
                .withName("dead-letters"))
        .process(
            () -> new RefusedRowProcessor(topics, ledgerStores),
            Named.as("refused-rows"),
            ledgerStores.names());
  }
}
