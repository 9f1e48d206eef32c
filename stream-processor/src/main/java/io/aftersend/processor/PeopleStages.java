package io.aftersend.processor;

import io.aftersend.processor.engagement.EngagementProcessor;
import io.aftersend.processor.engagement.PersonEvents;
import io.aftersend.processor.mailbox.MailboxEvents;
import io.aftersend.processor.mailbox.MailboxProcessor;
import io.aftersend.processor.signal.RateProcessor;
import io.aftersend.processor.signal.SignalProcessor;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.MailboxMail;
import io.aftersend.schemas.metric.MailboxMetrics;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.topic.Topics;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/// The part of the topology about people and teams: mailboxes, recipients and signals.
final class PeopleStages {
  private final TopologySettings settings;
  private final Topics topics;
  private final Function<String, ZoneId> zones;
  private final PeopleMetrics metrics;

  /// @param zones the zone of a tenant, in which its days begin; safe for any thread
  PeopleStages(
      TopologySettings settings,
      Topics topics,
      Function<String, ZoneId> zones,
      PeopleMetrics metrics) {
    this.settings = settings;
    this.topics = topics;
    this.zones = zones;
    this.metrics = metrics;
  }

  /// Keyed by the mailbox, so that its conversations and its sums lie together.
  void countMailboxes(KStream<String, JudgedEvent> judged) {
    Map<String, KStream<String, SpecificRecord>> counted =
        judged
            .filter((key, event) -> MailboxEvents.isMail(event), Named.as("mailbox-events"))
            .selectKey((key, event) -> MailboxEvents.key(event), Named.as("key-by-mailbox"))
            .repartition(Flow.repartitioned("events-by-mailbox", JudgedEvent.class))
            .process(
                Flow.supplier(
                    () -> new MailboxProcessor(metrics.mailbox()), MailboxProcessor.stores()),
                Named.as("count-mailboxes"))
            .split(Named.as("mailbox-"))
            .branch((key, record) -> record instanceof MailboxMail, Branched.as("mails"))
            .defaultBranch(Branched.as("quarters"));
    Flow.send(Flow.branch(counted, "mailbox-mails", MailboxMail.class), topics.mailboxMails());
    Flow.send(
        Flow.branch(counted, "mailbox-quarters", MailboxMetrics.class), topics.mailboxMetrics());
  }

  /// Keyed by the person: what each recipient did, and what is worth telling of it. Campaigns are
  /// watched under their own keys.
  void followPersons(
      KStream<String, JudgedEvent> judged, KStream<String, CampaignMetrics> campaigns) {
    KStream<String, PersonEvent> events =
        judged
            .filter((key, event) -> PersonEvents.concerns(event), Named.as("person-events"))
            .selectKey((key, event) -> PersonEvents.key(event), Named.as("key-by-person"))
            .mapValues(PersonEvents::of, Named.as("person-news"))
            .repartition(Flow.repartitioned("events-by-person", PersonEvent.class));
    Flow.send(
        events.process(
            Flow.supplier(
                () -> new EngagementProcessor(settings.hindsight()),
                List.of(EngagementProcessor.store())),
            Named.as("count-engagement")),
        topics.recipientEngagement());
    KStream<String, Signal> ofPersons =
        events.process(
            Flow.supplier(
                () ->
                    new SignalProcessor(
                        zones, settings.hindsight(), settings.repeatHorizon(), metrics.signals()),
                SignalProcessor.stores(settings.repeatHorizon())),
            Named.as("raise-signals"));
    KStream<String, Signal> ofCampaigns =
        campaigns
            .filter((key, row) -> row.getDimension().isEmpty(), Named.as("whole-campaigns"))
            .process(
                Flow.supplier(
                    () -> new RateProcessor(settings.rateLimits(), zones, metrics.signals()),
                    List.of(RateProcessor.store())),
                Named.as("watch-rates"));
    Flow.send(ofPersons.merge(ofCampaigns, Named.as("all-signals")), topics.signals());
  }
}
