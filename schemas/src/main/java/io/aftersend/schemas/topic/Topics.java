package io.aftersend.schemas.topic;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.campaign.CampaignSettings;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.list.ListSettings;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.ConversionAttribution;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.metric.ListMetrics;
import io.aftersend.schemas.metric.MailboxMail;
import io.aftersend.schemas.metric.MailboxMetrics;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.topic.Topic.Retention;
import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;

/// All topics of the product.
///
/// @param emailEvents every event as the edge took it in; key [io.aftersend.schemas.event.EventKey]
/// @param judgedEvents events with verdict and revision; the same key
/// @param campaignMetrics counters; key `tenant|campaign|dimension|value`
/// @param linkMetrics clicks of links; key `tenant|campaign|source|link`
/// @param heatmapBuckets quarter hours; key `tenant|campaign|event|basis|source|zone|epoch ms`
/// @param campaigns what senders say of their campaigns; key `tenant|campaign`
/// @param lists what senders say of their mailing lists; key `tenant|list`
/// @param listMetrics quarter hours of mailing lists; key `tenant|list|epoch ms`
/// @param conversionAttributions where conversions belong that name their recipient only; key
///   `tenant|recipient|event_id`
/// @param mailboxMetrics quarter hours of mailboxes; key `tenant|mailbox|dimension|epoch ms|value`
/// @param mailboxMails mails of conversations, with their answers; key
///   `tenant|mailbox|thread|event_id`
/// @param recipientEngagement what recipients did; key `tenant|recipient`
/// @param signals what is worth telling at once; key the signal's id
/// @param accounting what became of each lane's sequences; key `stage|journal|lane`
/// @param deadLetters records that could not be used
/// @param rejudgements messages as they come out under changed rules; the same key as events
/// @param webhooks who wants to be told what happens; key `tenant|webhook`
/// @param webhookProgress how far deliveries have come; key `tenant|webhook`
/// @param deadDeliveries deliveries that were given up; key `tenant|webhook|delivery`
public record Topics(
    Topic<String, EmailEvent> emailEvents,
    Topic<String, JudgedEvent> judgedEvents,
    Topic<String, CampaignMetrics> campaignMetrics,
    Topic<String, LinkMetrics> linkMetrics,
    Topic<String, HeatmapBucket> heatmapBuckets,
    Topic<String, CampaignSettings> campaigns,
    Topic<String, ListSettings> lists,
    Topic<String, ListMetrics> listMetrics,
    Topic<String, ConversionAttribution> conversionAttributions,
    Topic<String, MailboxMetrics> mailboxMetrics,
    Topic<String, MailboxMail> mailboxMails,
    Topic<String, RecipientEngagement> recipientEngagement,
    Topic<String, Signal> signals,
    Topic<String, LaneAccounting> accounting,
    Topic<String, DeadLetter> deadLetters,
    Topic<String, MessageRejudgement> rejudgements,
    Topic<String, WebhookSubscription> webhooks,
    Topic<String, WebhookProgress> webhookProgress,
    Topic<String, DeadDelivery> deadDeliveries) {

  /// A week: longer than any outage of a consumer that operators should let pass unseen.
  private static final Retention ONE_WEEK = new Retention.For(Duration.ofDays(7));

  private static final Retention LAST_OF_KEY = new Retention.LastOfKey();

  /// The topics, each name behind the prefix, which may be empty.
  public static Topics withPrefix(String prefix) {
    return new Topics(
        new Topic<>(
            prefix + "email-events", Serdes.String(), AvroSerde.of(EmailEvent.class), ONE_WEEK),
        new Topic<>(
            prefix + "email-events-judged",
            Serdes.String(),
            AvroSerde.of(JudgedEvent.class),
            ONE_WEEK),
        new Topic<>(
            prefix + "campaign-metrics",
            Serdes.String(),
            AvroSerde.of(CampaignMetrics.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "link-metrics", Serdes.String(), AvroSerde.of(LinkMetrics.class), LAST_OF_KEY),
        new Topic<>(
            prefix + "heatmap-buckets",
            Serdes.String(),
            AvroSerde.of(HeatmapBucket.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "campaigns",
            Serdes.String(),
            AvroSerde.of(CampaignSettings.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "lists", Serdes.String(), AvroSerde.of(ListSettings.class), LAST_OF_KEY),
        new Topic<>(
            prefix + "list-metrics", Serdes.String(), AvroSerde.of(ListMetrics.class), LAST_OF_KEY),
        new Topic<>(
            prefix + "conversion-attributions",
            Serdes.String(),
            AvroSerde.of(ConversionAttribution.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "mailbox-metrics",
            Serdes.String(),
            AvroSerde.of(MailboxMetrics.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "mailbox-mails", Serdes.String(), AvroSerde.of(MailboxMail.class), ONE_WEEK),
        new Topic<>(
            prefix + "recipient-engagement",
            Serdes.String(),
            AvroSerde.of(RecipientEngagement.class),
            LAST_OF_KEY),
        new Topic<>(prefix + "signals", Serdes.String(), AvroSerde.of(Signal.class), ONE_WEEK),
        new Topic<>(
            prefix + "accounting",
            Serdes.String(),
            AvroSerde.of(LaneAccounting.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "dead-letters", Serdes.String(), AvroSerde.of(DeadLetter.class), ONE_WEEK),
        new Topic<>(
            prefix + "rejudgements",
            Serdes.String(),
            AvroSerde.of(MessageRejudgement.class),
            ONE_WEEK),
        new Topic<>(
            prefix + "webhooks",
            Serdes.String(),
            AvroSerde.of(WebhookSubscription.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "webhook-progress",
            Serdes.String(),
            AvroSerde.of(WebhookProgress.class),
            LAST_OF_KEY),
        new Topic<>(
            prefix + "webhook-dead",
            Serdes.String(),
            AvroSerde.of(DeadDelivery.class),
            LAST_OF_KEY));
  }

  public List<Topic<String, ?>> all() {
    return List.of(
        emailEvents,
        judgedEvents,
        campaignMetrics,
        linkMetrics,
        heatmapBuckets,
        campaigns,
        lists,
        listMetrics,
        conversionAttributions,
        mailboxMetrics,
        mailboxMails,
        recipientEngagement,
        signals,
        accounting,
        deadLetters,
        rejudgements,
        webhooks,
        webhookProgress,
        deadDeliveries);
  }
}
