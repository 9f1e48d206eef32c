package io.aftersend.bench.pipeline;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The events of mails as the edge would take them in: posted ones of the sender's, and hits of
/// recipients and machines. For one thread.
final class MailEvents {
  static final String TENANT = "bench";

  private static final int LANES = 4;
  private static final long OPENED_AFTER_MS = 20 * 60_000L;
  private static final long SPREAD_MS = 15 * 60_000L;

  private static final List<String> ZONES =
      List.of("Europe/Berlin", "Asia/Baku", "America/New_York", "Asia/Tehran");
  private static final List<String> MAILBOX_PROVIDERS =
      List.of("gmail", "yahoo", "icloud", "microsoft", "gmx");

  private static final String APPLE_PREFETCH = "Mozilla/5.0";
  private static final String GMAIL_PROXY =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
  private static final int BROWSERS = 400;

  /// Odd, so that different numbers stay different: neighbours must not lie beside each other.
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private final String journal;
  private final String prefix;
  private final long[] sequences = new long[LANES];

  /// @param journal id of the journal that the events are said to come from
  /// @param prefix of all ids
  MailEvents(String journal, String prefix) {
    this.journal = journal;
    this.prefix = prefix;
  }

  /// The id of a campaign.
  String campaign(int number) {
    return prefix + "c" + number;
  }

  /// What the sender reports: two events.
  ///
  /// @param ingestMs when the edge took them in, epoch milliseconds; the mail was sent an hour
  ///   before
  void reports(Mail mail, long ingestMs, Consumer<EmailEvent> out) {
    long sentMs = sentMs(ingestMs);
    out.accept(posted(mail, EventType.SENT, sentMs, ingestMs));
    EmailEvent result =
        posted(
            mail,
            mail.isBounced() ? EventType.BOUNCED : EventType.DELIVERED,
            sentMs + 1_000,
            ingestMs);
    if (mail.isBounced()) {
      result.setSmtpCode(550);
      result.setEnhancedCode("5.1.1");
      result.setDiagnostic("550 5.1.1 The email account that you tried to reach does not exist");
    }
    out.accept(result);
  }

  private static long sentMs(long ingestMs) {
    return ingestMs - 60 * 60_000L;
  }

  private EmailEvent posted(Mail mail, EventType type, long timeMs, long ingestMs) {
    EmailEvent event = event(mail, type, timeMs, ingestMs, "post");
    event.setEventId(type.wireName() + "-" + Long.toHexString(mail.number()));
    event.setMailboxProvider(
        MAILBOX_PROVIDERS.get((int) (mail.number() % MAILBOX_PROVIDERS.size())));
    event.setRecipientTimeZone(ZONES.get((int) (mail.number() % ZONES.size())));
    return event;
  }

  /// What the edge saw itself.
  ///
  /// @param reportsMs the time that [#reports] was given
  /// @param ingestMs when the edge took them in, epoch milliseconds
  void hits(Mail mail, long reportsMs, long ingestMs, Consumer<EmailEvent> out) {
    SplittableRandom random = new SplittableRandom(mail.number());
    long deliveredMs = sentMs(reportsMs) + 1_000;
    for (int i = 0; i < mail.prefetches(); i++) {
      long timeMs = deliveredMs + 60_000 + random.nextLong(SPREAD_MS);
      out.accept(hit(mail, EventType.OPENED, timeMs, ingestMs, APPLE_PREFETCH, "17.58.101.0"));
    }
    for (int i = 0; i < mail.scannersClicks(); i++) {
      long timeMs = deliveredMs + 40_000 + i * 300L;
      EmailEvent click =
          hit(mail, EventType.CLICKED, timeMs, ingestMs, browser(random), "198.51.100.0");
      out.accept(toLink(click, i));
    }
    long openedMs = deliveredMs + OPENED_AFTER_MS + random.nextLong(SPREAD_MS);
    for (int i = 0; i < mail.proxyOpens(); i++) {
      out.accept(hit(mail, EventType.OPENED, openedMs, ingestMs, GMAIL_PROXY, "66.249.84.0"));
    }
    String agent = browser(random);
    for (int i = 0; i < mail.personsOpens(); i++) {
      out.accept(hit(mail, EventType.OPENED, openedMs, ingestMs, agent, "203.0.113.0"));
    }
    for (int i = 0; i < mail.personsClicks(); i++) {
      EmailEvent click =
          hit(mail, EventType.CLICKED, openedMs + 45_000, ingestMs, agent, "203.0.113.0");
      out.accept(toLink(click, random.nextInt(Mail.LINKS)));
    }
  }

  private EmailEvent hit(
      Mail mail, EventType type, long timeMs, long ingestMs, String agent, String address) {
    EmailEvent event =
        event(mail, type, timeMs, ingestMs, type == EventType.OPENED ? "pixel" : "redirect");
    event.setEventId(journal + "-" + event.getLane() + "-" + event.getSequence());
    event.setMethod("GET");
    event.setHost("track.example.com");
    event.setUserAgent(agent);
    event.setIp(address);
    event.setTrackedLinks(Mail.LINKS);
    return event;
  }

  private static EmailEvent toLink(EmailEvent click, int link) {
    click.setLink("link-" + link);
    click.setUrl("https://shop.example.com/spring/collection?article=" + link);
    return click;
  }

  private static String browser(RandomGenerator random) {
    int which = random.nextInt(BROWSERS);
    return "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
        + (100 + which % 40)
        + ".0."
        + (6000 + which / 40)
        + ".0 Safari/537.36";
  }

  private EmailEvent event(Mail mail, EventType type, long timeMs, long ingestMs, String source) {
    int lane = (int) (mail.number() % LANES);
    EmailEvent event = new EmailEvent();
    event.setTenant(TENANT);
    event.setType(type.wireName());
    event.setEventTime(Instant.ofEpochMilli(timeMs));
    event.setIngestTime(Instant.ofEpochMilli(ingestMs));
    event.setSource(source);
    event.setCampaign(campaign(mail.campaign()));
    String id = Long.toHexString(mail.number() * SCATTER);
    event.setMessage(prefix + id);
    event.setRecipient("r-" + id);
    event.setLabels(List.of());
    event.setTest(false);
    event.setJournal(journal);
    event.setLane(lane);
    event.setSequence(++sequences[lane]);
    return event;
  }
}
