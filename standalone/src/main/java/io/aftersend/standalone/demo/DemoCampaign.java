package io.aftersend.standalone.demo;

import io.aftersend.standalone.demo.DemoMessage.Mailbox;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The campaign of a demo: 28 days of mail, the same for the same seed and time. Immutable.
///
/// @param id the campaign's id, also the beginning of its messages' ids
/// @param messages how many messages it has
/// @param seed decides all that is left to chance
/// @param now the end of the 28 days, whole milliseconds
record DemoCampaign(String id, int messages, long seed, Instant now) {
  /// The longest id that leaves room for the number of a message.
  static final int MAX_ID_LENGTH = 50;

  static final int MAX_MESSAGES = 1_000_000;
  static final String NAME = "Demo: autumn offer";
  static final String SUBJECT = "Something warm for the autumn";
  static final String LIST = "demo-customers";
  static final String LIST_NAME = "Demo: customers";
  static final String CURRENCY = "AZN";
  private static final BigDecimal COST_PER_MESSAGE = new BigDecimal("0.4");

  /// The tracked links of every message.
  static final List<Link> LINKS =
      List.of(
          new Link("offer", "https://shop.example.com/autumn?utm_source=demo&utm_medium=email"),
          new Link("prices", "https://shop.example.com/prices#autumn"),
          new Link("story", "https://shop.example.com/blog/how-we-knit"),
          new Link("help", "https://shop.example.com/help?topic=orders&lang=en"));

  private static final Duration LENGTH = Duration.ofDays(28);

  /// Between the last message and now there is time for a delivery.
  private static final Duration REST = Duration.ofMinutes(30);

  private static final ZoneId[] ZONES = {
    ZoneId.of("Asia/Baku"),
    ZoneId.of("Asia/Tehran"),
    ZoneId.of("Europe/Berlin"),
    ZoneId.of("America/New_York")
  };

  /// Networks of households in those zones; the last two parts of an address are drawn.
  private static final String[] HOME_NETWORKS = {"85.132.", "5.160.", "91.12.", "68.173."};

  /// A link of the mail.
  record Link(String name, String url) {}

  /// What the campaign cost, in [#CURRENCY].
  BigDecimal cost() {
    return COST_PER_MESSAGE.multiply(BigDecimal.valueOf(messages));
  }

  /// When its 28 days begin.
  Instant start() {
    return now.minus(LENGTH);
  }

  /// The message of an index, from 0. Later ones are sent later, but for the hour of the day.
  DemoMessage message(int index) {
    RandomGenerator random = random(index, 1);
    int place = random.nextInt(ZONES.length);
    Mailbox mailbox =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3, 4, 5, 6, 7 -> Mailbox.GMAIL;
          case 8, 9, 10, 11 -> Mailbox.ICLOUD;
          case 12, 13, 14 -> Mailbox.YAHOO;
          default -> Mailbox.COMPANY;
        };
    return new DemoMessage(
        index,
        "%s.%06d".formatted(id, index),
        "person-%06d".formatted(index),
        mailbox == Mailbox.COMPANY ? "company-" + random.nextInt(40) : "households",
        ZONES[place],
        index % 2 == 0 ? "a" : "b",
        mailbox,
        sentAt(index, ZONES[place], random));
  }

  /// What happens to a message.
  MessageStory story(DemoMessage message) {
    int place = List.of(ZONES).indexOf(message.zone());
    return MessageStory.tell(this, message, HOME_NETWORKS[place], random(message.index(), 2));
  }

  /// Within the 28 days, at an hour at which people of the zone are sent mail.
  private Instant sentAt(int index, ZoneId zone, RandomGenerator random) {
    Instant first = start();
    Instant last = now.minus(REST);
    Duration place = LENGTH.multipliedBy(index).dividedBy(messages);
    ZonedDateTime local = first.plus(place).atZone(zone);
    if (isWeekend(local.getDayOfWeek()) && random.nextInt(3) > 0) {
      local = local.minusDays(2);
    }
    int hour = 8 + (random.nextInt(6) + random.nextInt(6));
    Instant at =
        local
            .with(LocalTime.of(hour, random.nextInt(60), random.nextInt(60)))
            .toInstant()
            .truncatedTo(ChronoUnit.MILLIS);
    boolean isWithin = !at.isBefore(first) && !at.isAfter(last);
    return isWithin
        ? at
        : first
            .plus(Duration.between(first, last).multipliedBy(index).dividedBy(messages))
            .truncatedTo(ChronoUnit.MILLIS);
  }

  private static boolean isWeekend(DayOfWeek day) {
    return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
  }

  /// A source of chance of its own for each message, so that messages can be told in any order.
  private RandomGenerator random(int index, int purpose) {
    long mixed = (seed * 31 + purpose) * 0x9E3779B97F4A7C15L + index;
    return new SplittableRandom(mixed);
  }
}
