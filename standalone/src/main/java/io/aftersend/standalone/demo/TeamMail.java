package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.schemas.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The mail that the demo's team exchanges with customers, outside of the campaign: the same for
/// the same campaign. Conversations begin at the hours at which people write, and most of them end
/// with an answer.
///
/// Immutable.
final class TeamMail {
  private static final List<String> TEAM = List.of("sales", "help");
  private static final List<String> LABELS = List.of("order", "price", "return");
  private static final int MESSAGES_PER_CONVERSATION = 20;
  private static final int MIN_CONVERSATIONS = 24;
  private static final int MAX_CONVERSATIONS = 1_000;

  /// Even the last conversation has time for its answer.
  private static final Duration REST = Duration.ofDays(2);

  private final DemoCampaign campaign;

  /// @param mailbox the team's member
  /// @param json as it is posted
  /// @param counts what it adds to the mailbox
  record Mail(String mailbox, ObjectNode json, MailboxCounts counts) {}

  TeamMail(DemoCampaign campaign) {
    this.campaign = campaign;
  }

  /// All mails, conversation by conversation.
  List<Mail> mails() {
    int conversations =
        Math.clamp(
            campaign.messages() / MESSAGES_PER_CONVERSATION, MIN_CONVERSATIONS, MAX_CONVERSATIONS);
    List<Mail> mails = new ArrayList<>();
    for (int index = 0; index < conversations; index++) {
      new Conversation(index, conversations).tell(mails);
    }
    return List.copyOf(mails);
  }

  /// One customer who writes, or is written to.
  private final class Conversation {
    private final RandomGenerator random;
    private final String mailbox;
    private final String id;
    private final String customer;
    private final String label;
    private final Instant start;

    Conversation(int index, int conversations) {
      random = new SplittableRandom(campaign.seed() * 0x9E3779B97F4A7C15L + index);
      mailbox = campaign.id() + "." + TEAM.get(index % TEAM.size());
      id = "%s.t%04d".formatted(campaign.id(), index);
      customer = "customer-%04d".formatted(random.nextInt(conversations));
      label = LABELS.get(random.nextInt(LABELS.size()));
      Duration length = Duration.between(campaign.start(), campaign.now()).minus(REST);
      Duration place = length.multipliedBy(index).dividedBy(conversations);
      Instant day = campaign.start().plus(place).truncatedTo(ChronoUnit.DAYS);
      start = day.plus(Duration.ofMinutes(360 + random.nextInt(300) + random.nextInt(300)));
    }

    void tell(List<Mail> mails) {
      int lot = random.nextInt(100);
      if (lot < 5) {
        mails.add(received(start, true));
      } else if (lot < 20) {
        mails.add(received(start, false));
      } else if (lot < 30) {
        mails.add(sent(start, false));
      } else if (lot < 40) {
        mails.add(sent(start, false));
        mails.add(received(start.plus(wait(60, 900)), false));
      } else {
        mails.add(received(start, false));
        mails.add(sent(start.plus(lot < 75 ? wait(4, 58) : wait(62, 1_000)), true));
      }
    }

    private Duration wait(int minutes, int lessThan) {
      return Duration.ofMinutes(random.nextInt(minutes, lessThan));
    }

    private Mail received(Instant at, boolean isAutomatic) {
      ObjectNode json = mail(EventType.RECEIVED, at).put("folder", "Inbox");
      json.putArray("labels").add(label);
      if (isAutomatic) {
        json.put("auto_reply", true);
      }
      return new Mail(mailbox, json, new MailboxCounts(1, isAutomatic ? 1 : 0, 0, 0));
    }

    private Mail sent(Instant at, boolean isAnswer) {
      ObjectNode json = mail(EventType.SENT, at);
      return new Mail(mailbox, json, new MailboxCounts(0, 0, 1, isAnswer ? 1 : 0));
    }

    private ObjectNode mail(EventType type, Instant at) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("type", type.wireName())
          .put("event_id", id + "." + type.wireName())
          .put("event_time", at.toString())
          .put("mailbox", mailbox)
          .put("thread", id)
          .put("counterparty", customer);
    }
  }
}
