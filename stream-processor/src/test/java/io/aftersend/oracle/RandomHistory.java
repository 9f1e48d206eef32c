package io.aftersend.oracle;

import io.aftersend.oracle.HistoryShape.Trait;
import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// A random history of several campaigns of one tenant: the stories of its messages, and of what
/// names no message, in order of arrival, which is not that of happening.
public final class RandomHistory {
  /// All campaigns that a history may name. Of the last nobody reports deliveries.
  public static final List<String> CAMPAIGNS = List.of("spring", "summer", "autumn");

  private static final Duration ALMOST_FORGOTTEN = Duration.ofDays(399);
  private static final Duration FORGETTING = Duration.ofDays(8);

  private static final Set<String> BY_TOKEN =
      Set.of(
          "opened",
          "clicked",
          "attachment_opened",
          "forwarded",
          "unsubscribe_viewed",
          "unsubscribed",
          "page_viewed",
          "converted");

  private final Chance chance;
  private final HistoryShape shape;
  private final List<Arrival> arrivals = new ArrayList<>();

  private record Arrival(EmailEvent event, Instant time) {}

  private RandomHistory(long seed, HistoryShape shape) {
    chance = new Chance(new SplittableRandom(seed));
    this.shape = shape;
  }

  /// The events in order of arrival, with the ingest times of that; the same for the same seed.
  public static List<EmailEvent> events(long seed, HistoryShape shape) {
    return new RandomHistory(seed, shape).arrivals();
  }

  private List<EmailEvent> arrivals() {
    Sales sales = new Sales(chance, shape.has(Trait.SHARED_ORDERS));
    for (int number = 0; number < shape.messages(); number++) {
      Instant sent = sendTime();
      MessageStory story = new MessageStory(chance, sales, "m" + number, sent);
      arrive(signed(story.tell(recipient(), chance.oneOf(CAMPAIGNS)), sent));
    }
    for (int number = 0; number < shape.messages() / 8; number++) {
      Recipient recipient = recipient();
      Instant time = sendTime();
      arrive(signed(new LooseStory(chance, sales, "loose-" + number).tell(recipient, time), time));
    }
    if (shape.has(Trait.BUYERS)) {
      for (int number = 0; number < recipients(); number += 2) {
        String recipient = Recipient.numbered(number).id();
        arrive(new BuyerStory(chance, sales, recipient).tell(sendTime()));
      }
    }
    return arrivals.stream()
        .sorted(Comparator.comparing(Arrival::time))
        .map(arrival -> in(arrival.event(), arrival.time()))
        .toList();
  }

  /// Has most hits tell when their token was signed: at the send, or long before, as where somebody
  /// opens a mail again of which all was forgotten.
  private List<EmailEvent> signed(List<EmailEvent> events, Instant sent) {
    if (!shape.has(Trait.TOKENS)) {
      return events;
    }
    Instant issued =
        chance.percent(15) ? sent.minus(ALMOST_FORGOTTEN).minus(chance.within(FORGETTING)) : sent;
    for (EmailEvent event : events) {
      if (BY_TOKEN.contains(event.getType()) && chance.percent(70)) {
        event.setIssuedAt(issued);
      }
    }
    return events;
  }

  private Recipient recipient() {
    return Recipient.numbered(chance.upTo(recipients()));
  }

  private int recipients() {
    return Math.max(1, shape.messages() * 2 / 3);
  }

  /// Half of the sends are at round times, so that equal times and edges of quarters are frequent.
  private Instant sendTime() {
    Instant time = shape.start().plusMillis((long) (shape.sending().toMillis() * share()));
    long quarterMs = Duration.ofMinutes(15).toMillis();
    return chance.percent(50)
        ? Instant.ofEpochMilli(time.toEpochMilli() / quarterMs * quarterMs)
        : time;
  }

  private double share() {
    return chance.upTo(1_000_000) / 1_000_000.0;
  }

  private void arrive(List<EmailEvent> events) {
    for (EmailEvent event : events) {
      Instant arrival = event.getEventTime().plus(delay(event));
      arrivals.add(new Arrival(event, arrival));
      while (chance.percent(8)) {
        arrival = arrival.plus(chance.within(HistoryShape.LATEST_REPEAT.dividedBy(3)));
        arrivals.add(new Arrival(event, arrival));
      }
    }
  }

  /// Most events arrive at once. Sends are late more often: senders report them in batches.
  private Duration delay(EmailEvent event) {
    int lateInHundred = event.getType().equals("sent") ? 30 : 12;
    return chance.percent(lateInHundred)
        ? chance.within(HistoryShape.LATEST)
        : Duration.ofMillis(chance.upTo(2_000));
  }

  private static EmailEvent in(EmailEvent event, Instant time) {
    return EmailEvent.newBuilder(event).setIngestTime(time).build();
  }

  /// A recipient, and where they live.
  ///
  /// @param zone as senders tell it: an IANA name, a name that is none, or empty
  record Recipient(String id, String zone) {
    private static final Map<Integer, String> ZONES =
        Map.of(
            0, "Asia/Tehran",
            1, "Asia/Kathmandu",
            2, "America/St_Johns",
            3, "Asia/Baku",
            4, "Europe/Berlin",
            5, "Mars/Olympus");

    static Recipient numbered(int number) {
      return new Recipient("r" + number, ZONES.getOrDefault(number % 8, ""));
    }
  }
}
