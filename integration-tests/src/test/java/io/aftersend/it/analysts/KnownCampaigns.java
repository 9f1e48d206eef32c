package io.aftersend.it.analysts;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Three campaigns to the same people, with all that makes numbers go wrong: machines, proxies,
/// proofs, events that a provider reports beside ours, repeated orders, mail that bounces and is
/// delivered later, and a second tenant with the same ids.
final class KnownCampaigns {
  static final List<String> CAMPAIGNS = List.of("spring", "summer", "autumn");
  static final String TENANT = "acme";

  private static final Instant START = Instant.parse("2026-10-05T08:00:00Z");
  private static final int RECIPIENTS = 240;
  private static final int WEEK_SECONDS = (int) Duration.ofDays(7).toSeconds();
  private static final List<String> LINKS = List.of("offer", "more");
  private static final List<String> ZONES = List.of("Asia/Tehran", "Asia/Kathmandu", "");
  private static final List<String> PROVIDERS = List.of("gmail", "outlook", "other");
  private static final List<String> COUNTRIES = List.of("AZ", "IR", "TR");
  private static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");

  private final Random random;
  private final List<KnownEvent> events = new ArrayList<>();

  private KnownCampaigns(long seed) {
    random = new Random(seed);
  }

  /// All events; the same for the same seed.
  static List<KnownEvent> events(long seed) {
    KnownCampaigns campaigns = new KnownCampaigns(seed);
    for (String tenant : List.of(TENANT, "other")) {
      for (int week = 0; week < CAMPAIGNS.size(); week++) {
        Instant start = START.plus(Duration.ofDays(7L * week));
        for (int i = 0; i < RECIPIENTS; i++) {
          campaigns.play(new Mail(tenant, CAMPAIGNS.get(week), i, start.plusSeconds(45L * i)));
        }
        campaigns.playProof(new Mail(tenant, CAMPAIGNS.get(week), RECIPIENTS, start));
      }
    }
    return List.copyOf(campaigns.events);
  }

  private record Mail(String tenant, String campaign, int index, Instant sentAt) {
    String message() {
      return campaign + "-" + index;
    }

    Map<String, Object> profile() {
      Map<String, Object> profile = new HashMap<>();
      profile.put("variant", index % 2 == 0 ? "a" : "b");
      profile.put("account", index % 5 == 0 ? "" : "company-" + index % 7);
      profile.put("list", index % 4 == 0 ? "news" : "customers");
      profile.put("recipient_time_zone", ZONES.get(index % ZONES.size()));
      profile.put("mailbox_provider", PROVIDERS.get(index / 2 % PROVIDERS.size()));
      return profile;
    }
  }

  private void play(Mail mail) {
    add(mail, "sent", 0, "human", mail.profile());
    if (isDelivered(mail)) {
      playMachines(mail);
      playReader(mail);
    }
  }

  private boolean isDelivered(Mail mail) {
    int fate = random.nextInt(100);
    if (fate < 4) {
      bounce(mail, "hard", "5.1.1");
      return false;
    }
    if (fate < 8) {
      bounce(mail, "block", "5.7.1");
      return false;
    }
    if (fate < 14) {
      bounce(mail, "soft", "4.2.2");
      if (fate < 11) {
        return false;
      }
    }
    add(mail, "delivered", 3_600, "human", mail.profile());
    return true;
  }

  private void bounce(Mail mail, String bounceClass, String code) {
    Map<String, Object> more = mail.profile();
    more.put("bounce_class", bounceClass);
    more.put("enhanced_code", code);
    more.put("diagnostic", code + " said the server");
    add(mail, "bounced", 60, "human", more);
  }

  private void playMachines(Mail mail) {
    if (random.nextInt(3) == 0) {
      add(mail, "opened", 3_700, "prefetch", machine("apple_egress", "apple_mpp"));
    }
    if (random.nextInt(9) == 0) {
      for (String link : LINKS) {
        Map<String, Object> more = machine("microsoft", "burst");
        more.putAll(link(link));
        add(mail, "clicked", 3_605, "scanner", more);
      }
      Map<String, Object> unsubscribe = machine("microsoft", "burst");
      unsubscribe.put("link", "unsubscribe");
      add(mail, "unsubscribe_viewed", 3_606, "scanner", unsubscribe);
    }
  }

  private static Map<String, Object> machine(String network, String reason) {
    Map<String, Object> more = new HashMap<>();
    more.put("network_class", network);
    more.put("reasons", List.of(reason, "automated"));
    more.put("device", "unknown");
    return more;
  }

  private void playReader(Mail mail) {
    int interest = random.nextInt(100);
    if (interest < 45) {
      int opens = 1 + random.nextInt(3);
      for (int i = 0; i < opens; i++) {
        playOpen(mail);
      }
    }
    if (interest < 20) {
      playClicks(mail);
    }
    if (interest == 50 || interest == 51) {
      add(mail, "unsubscribed", 90_000, "human", mail.profile());
    }
    if (interest == 52) {
      add(mail, "complained", 95_000, "human", mail.profile());
    }
  }

  private void playOpen(Mail mail) {
    boolean isProxied = random.nextInt(4) == 0;
    Map<String, Object> more = place(mail);
    more.put("reasons", List.of(isProxied ? "gmail_proxy" : "no_signal"));
    more.put("network_class", isProxied ? "google" : "other");
    add(mail, "opened", soon(), isProxied ? "proxy" : "human", more);
    if (random.nextInt(5) == 0) {
      more.put("provider", "esp");
      add(mail, "opened", soon(), "human", more);
    }
  }

  private void playClicks(Mail mail) {
    int clicks = 1 + random.nextInt(3);
    for (int i = 0; i < clicks; i++) {
      Map<String, Object> more = place(mail);
      more.put("network_class", "other");
      more.putAll(link(LINKS.get(random.nextInt(LINKS.size()))));
      add(mail, "clicked", soon(), "human", more);
    }
    if (random.nextInt(2) == 0) {
      Map<String, Object> more = new HashMap<>();
      more.put("goal", random.nextBoolean() ? "purchase" : "booking");
      more.put("value", new BigDecimal(random.nextInt(10_000) + ".25"));
      more.put("currency", random.nextBoolean() ? "AZN" : "EUR");
      more.put("order", "o-" + mail.message());
      add(mail, "converted", 700_000, "human", more);
      more.put("counted", false);
      add(mail, "converted", 700_100, "human", more);
    }
  }

  /// A proof to the sender's own people, opened and clicked: in no count.
  private void playProof(Mail mail) {
    Map<String, Object> more = mail.profile();
    more.put("test", true);
    more.put("counted", false);
    add(mail, "sent", 0, "human", more);
    add(mail, "opened", 10, "human", more);
    more.putAll(link("offer"));
    add(mail, "clicked", 20, "human", more);
  }

  private Map<String, Object> place(Mail mail) {
    Map<String, Object> more = new HashMap<>();
    more.put("device", DEVICES.get(random.nextInt(DEVICES.size())));
    more.put("country", COUNTRIES.get(mail.index() % COUNTRIES.size()));
    more.put("recipient_time_zone", ZONES.get(mail.index() % ZONES.size()));
    return more;
  }

  private static Map<String, Object> link(String link) {
    return Map.of("link", link, "url", "https://shop.example/" + link + "?a=1&b=2");
  }

  /// Seconds after sending, within a week of delivery.
  private long soon() {
    return 3_700L + random.nextInt(WEEK_SECONDS);
  }

  private void add(
      Mail mail, String type, long afterSeconds, String verdict, Map<String, Object> more) {
    long ms = 1_000 * afterSeconds + (type.equals("sent") ? 0 : random.nextInt(1_000));
    events.add(
        new KnownEvent(
            "e" + events.size(),
            mail.tenant(),
            type,
            mail.sentAt().plusMillis(ms),
            mail.campaign(),
            mail.message(),
            "r" + mail.index(),
            verdict,
            more));
  }
}
