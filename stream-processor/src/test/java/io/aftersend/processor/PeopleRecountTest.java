package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.oracle.EngagementOracle;
import io.aftersend.oracle.EngagementOracle.Engagement;
import io.aftersend.oracle.HistoryShape;
import io.aftersend.oracle.MailboxOracle;
import io.aftersend.oracle.RandomHistory;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mailboxes and recipients of the production topology against the oracle's, in random histories
/// and orders of arrival.
final class PeopleRecountTest {
  private static final long SEED = 20261127;
  private static final int CONVERSATIONS = 60;
  private static final int ORDERS = 3;
  private static final int HISTORIES = 12;
  private static final int MESSAGES = 60;
  private static final List<EventType> TYPES =
      List.of(EventType.SENT, EventType.RECEIVED, EventType.RECEIVED, EventType.REPLIED);

  @Test
  void countsMailboxesAsTheOracleInAnyOrderOfArrival(@TempDir Path directory) {
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      MailboxFixture mailboxes = new MailboxFixture(topology);
      for (int i = 0; i < CONVERSATIONS; i++) {
        Random random = new Random(SEED + i);
        List<EmailEvent> mails = mails(random);
        for (int order = 0; order < ORDERS; order++) {
          Collections.shuffle(mails, random);
          String tenant = "t" + i + "-" + order;
          pipe(topology, mails, tenant);
          mailboxes.settle();
          for (String mailbox : List.of("ann", "bob")) {
            assertThat(mailboxes.quarters(tenant, mailbox))
                .as("seed %d, order %d, mailbox %s, %s", SEED + i, order, mailbox, mails)
                .isEqualTo(MailboxOracle.quarters(mails, mailbox));
          }
        }
      }
    }
  }

  /// Two mailboxes in two threads or none, at times of which many are the same.
  private static List<EmailEvent> mails(Random random) {
    List<EmailEvent> mails = new ArrayList<>();
    int size = 1 + random.nextInt(14);
    for (int i = 0; i < size; i++) {
      EventBuilder mail =
          event(TYPES.get(random.nextInt(TYPES.size())), "e" + i)
              .campaign(null)
              .at(5L * random.nextInt(40));
      int thread = random.nextInt(5);
      mail.with(event -> event.setMailbox(random.nextInt(4) == 0 ? "bob" : "ann"))
          .with(event -> event.setThread(thread == 0 ? null : "t" + thread % 2))
          .with(event -> event.setAutoReply(random.nextInt(6) == 0 ? true : null))
          .with(event -> event.setFolder(random.nextBoolean() ? "Inbox" : null))
          .with(event -> event.setLabels(random.nextInt(3) == 0 ? List.of("vip", "x") : List.of()))
          .with(event -> event.setTest(random.nextInt(15) == 0));
      mails.add(mail.build());
      if (random.nextInt(6) == 0) {
        mails.add(mail.build());
      }
    }
    return mails;
  }

  @Test
  void countsRecipientsAsTheOracle(@TempDir Path directory) {
    HistoryShape shape =
        new HistoryShape(MESSAGES, EventBuilder.NOON, Duration.ofDays(3), Set.of());
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      TestOutputTopic<String, RecipientEngagement> rows =
          topology.output(Topics.withPrefix("").recipientEngagement());
      for (int i = 0; i < HISTORIES; i++) {
        List<EmailEvent> history = withCampaigns(RandomHistory.events(SEED + i, shape));
        pipe(topology, history, "t" + i);
        Map<String, Engagement> counted = new TreeMap<>();
        rows.readValuesToList().forEach(row -> counted.put(row.getRecipient(), engagement(row)));
        counted.values().removeIf(Engagement::isEmpty);
        assertThat(counted).as("seed %d", SEED + i).isEqualTo(EngagementOracle.recount(history));
      }
    }
  }

  /// Which campaign a message belongs to, this stage learns from its `sent` event, not from others.
  private static List<EmailEvent> withCampaigns(List<EmailEvent> history) {
    Map<String, String> campaigns = new TreeMap<>();
    for (EmailEvent event : history) {
      if (event.getMessage() != null && event.getCampaign() != null) {
        campaigns.put(event.getMessage(), event.getCampaign());
      }
    }
    return history.stream()
        .map(
            event ->
                event.getMessage() == null || !event.getType().equals("sent")
                    ? event
                    : EmailEvent.newBuilder(event)
                        .setCampaign(campaigns.get(event.getMessage()))
                        .build())
        .toList();
  }

  private static Engagement engagement(RecipientEngagement row) {
    return new Engagement(
        row.getSent(),
        row.getOpenedHumanTotal(),
        row.getOpenedHumanUnique(),
        row.getClickedHumanTotal(),
        row.getClickedHumanUnique(),
        row.getReplied(),
        row.getUnsubscribed(),
        row.getComplained(),
        row.getReacted(),
        row.getQuietCampaigns(),
        row.getLastSent(),
        row.getLastOpen(),
        row.getLastClick(),
        row.getLastReply());
  }

  private static void pipe(TopologyFixture topology, List<EmailEvent> events, String tenant) {
    topology.pipeAll(
        events.stream()
            .map(event -> EmailEvent.newBuilder(event).setTenant(tenant).build())
            .toList());
    topology.settle();
  }
}
