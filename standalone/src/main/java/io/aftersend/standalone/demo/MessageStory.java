package io.aftersend.standalone.demo;

import io.aftersend.schemas.event.EventType;
import io.aftersend.standalone.demo.DemoMessage.Mailbox;
import io.aftersend.standalone.demo.Devices.Reader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// All that happens to one message of the demo: what is reported, and the hits that are made live.
///
/// People act minutes and hours after the delivery, one thing at a time; scanners within its first
/// minute, from other networks. So there is no doubt about who is who.
///
/// @param reported in the order in which it was told, not of time
/// @param live at most one open or click, so that no hits of one message crowd together
record MessageStory(List<DemoEvent> reported, List<LiveHit> live) {
  MessageStory {
    reported = List.copyOf(reported);
    live = List.copyOf(live);
  }

  static MessageStory tell(
      DemoCampaign campaign, DemoMessage message, String homeNetwork, RandomGenerator random) {
    Teller teller = new Teller(campaign, message, homeNetwork, random);
    teller.tell();
    return new MessageStory(teller.reported, teller.live);
  }

  /// Tells one story, on one thread.
  private static final class Teller {
    private final DemoCampaign campaign;
    private final DemoMessage message;
    private final String homeNetwork;
    private final RandomGenerator random;
    private final List<DemoEvent> reported = new ArrayList<>();
    private final List<LiveHit> live = new ArrayList<>();

    Teller(DemoCampaign campaign, DemoMessage message, String homeNetwork, RandomGenerator random) {
      this.campaign = campaign;
      this.message = message;
      this.homeNetwork = homeNetwork;
      this.random = random;
    }

    void tell() {
      report(
          EventType.SENT,
          Actor.SENDER,
          message.sentAt(),
          Map.of(
              "list", DemoCampaign.LIST,
              "recipient_time_zone", message.zone().getId(),
              "tracked_links", DemoCampaign.LINKS.size(),
              "mailbox_provider", message.mailbox().provider()));
      Instant arrival = after(message.sentAt(), Duration.ofSeconds(2), Duration.ofSeconds(40));
      if (deliver(arrival)) {
        read(arrivalOf(reported));
      }
    }

    private static Instant arrivalOf(List<DemoEvent> reported) {
      return reported.getLast().time();
    }

    /// Reports the way to the mailbox.
    ///
    /// @return whether it arrived; then the delivery is the last thing reported
    private boolean deliver(Instant at) {
      int lot = random.nextInt(1_000);
      if (lot < 4) {
        report(
            EventType.DROPPED, Actor.SENDER, at, Map.of("diagnostic", "on the suppression list"));
        return false;
      }
      if (lot < 16) {
        bounce(at, "hard", 550, "5.1.1", "no such user");
        return false;
      }
      if (lot < 20) {
        bounce(at, "block", 550, "5.7.1", "refused by policy");
        return false;
      }
      if (lot < 25) {
        bounce(at, "soft", 552, "5.2.2", "mailbox full");
        return false;
      }
      return deliverWithDelay(at, lot);
    }

    private boolean deliverWithDelay(Instant at, int lot) {
      Instant next = at;
      if (lot < 35) {
        bounce(at, "soft", 452, "4.2.2", "mailbox full");
        next = after(at, Duration.ofMinutes(3), Duration.ofMinutes(9));
      } else if (lot < 58) {
        report(
            EventType.DEFERRED,
            Actor.SENDER,
            at,
            Map.of("smtp_code", 451, "enhanced_code", "4.7.1", "diagnostic", "greylisted"));
        if (lot < 38) {
          return false;
        }
        next = after(at, Duration.ofMinutes(3), Duration.ofMinutes(9));
      }
      report(EventType.DELIVERED, Actor.SENDER, next, Map.of("smtp_code", 250));
      return true;
    }

    private void bounce(Instant at, String bounceClass, int code, String enhanced, String words) {
      report(
          EventType.BOUNCED,
          Actor.SENDER,
          at,
          Map.of(
              "bounce_class", bounceClass,
              "smtp_code", code,
              "enhanced_code", enhanced,
              "diagnostic", words));
    }

    private void read(Instant delivered) {
      Reader reader = Devices.reader(message.mailbox(), homeNetwork, random);
      if (message.mailbox() == Mailbox.COMPANY && hits(25)) {
        scan(delivered);
      }
      if (hits(1) && message.mailbox() == Mailbox.COMPANY) {
        reply(delivered, true);
      }
      int readers =
          switch (message.mailbox()) {
            case GMAIL -> 38;
            case ICLOUD -> 70;
            case YAHOO -> 25;
            case COMPANY -> 32;
          };
      if (hits(readers)) {
        open(delivered, reader);
      } else {
        passBy(delivered);
      }
    }

    /// A security gateway looks at the mail as it arrives.
    private void scan(Instant delivered) {
      String ip = Devices.scannerIp(random);
      Instant at = after(delivered, Duration.ofSeconds(3), Duration.ofSeconds(8));
      for (int link = 0; link < 2; link++) {
        reportClick(Actor.SCANNER_HEAD, at, link, Devices.browser(random), ip, "HEAD");
        at = at.plusMillis(400);
      }
      String agent = Devices.scannerAgent(random);
      reportClick(Actor.SCANNER_AGENT, at.plusMillis(400), 2, agent, ip, "GET");
      reportOpen(Actor.SCANNER_AGENT, at.plusMillis(800), agent, ip);
      if (hits(20)) {
        report(
            EventType.UNSUBSCRIBE_VIEWED,
            Actor.SCANNER_HEAD,
            at.plusMillis(1_200),
            hitFields(agent, ip, "HEAD"));
      }
    }

    /// Nobody reads it; a machine may still come by.
    private void passBy(Instant delivered) {
      Instant at = after(delivered, Duration.ofMinutes(1), Duration.ofHours(4));
      if (message.mailbox() == Mailbox.GMAIL && hits(4)) {
        reportOpen(Actor.GMAIL_PREFETCH, at, Devices.GMAIL_PREFETCH, Devices.googleIp(random));
      }
      if (hits(2)) {
        live.add(machineHit());
      }
    }

    private LiveHit machineHit() {
      return switch (random.nextInt(5)) {
        case 0 -> hit(EventType.OPENED, Actor.APPLE_PREFETCH, Devices.APPLE_PREFETCH);
        case 1 -> hit(EventType.CLICKED, Actor.SCANNER_HEAD, Devices.browser(random));
        case 2 -> hit(EventType.CLICKED, Actor.SCANNER_AGENT, Devices.scannerAgent(random));
        case 3 -> hit(EventType.OPENED, Actor.BROWSER_PREFETCH, Devices.browser(random));
        default ->
            hit(EventType.UNSUBSCRIBE_VIEWED, Actor.SCANNER_AGENT, Devices.scannerAgent(random));
      };
    }

    private void open(Instant delivered, Reader reader) {
      Instant at = after(delivered, Duration.ofMinutes(4), Duration.ofHours(9));
      int opens = reader.opener().isPerson() ? 1 + random.nextInt(2) * random.nextInt(3) : 1;
      for (int i = 0; i < opens && at.isBefore(campaign.now()); i++) {
        reportOpen(reader.opener(), at, reader.openAgent(), reader.openIp());
        at = after(at, Duration.ofMinutes(20), Duration.ofHours(30));
      }
      Instant firstOpen = reported.getLast().time();
      if (hits(15)) {
        click(firstOpen, reader);
      } else if (reader.opener().isPerson() && hits(14)) {
        live.add(hit(EventType.OPENED, reader.opener(), reader.openAgent()));
      }
      if (hits(1)) {
        reply(firstOpen, false);
      }
      leave(firstOpen, reader);
    }

    private void click(Instant opened, Reader reader) {
      Instant at = after(opened, Duration.ofMinutes(1), Duration.ofMinutes(20));
      boolean isLive = hits(20) || !at.isBefore(campaign.now());
      int link = random.nextInt(DemoCampaign.LINKS.size());
      if (isLive) {
        live.add(clickOn(link, Actor.PERSON, reader.browserAgent()));
      } else {
        reportClick(Actor.PERSON, at, link, reader.browserAgent(), reader.ip(), "GET");
        Instant again = after(at, Duration.ofMinutes(5), Duration.ofHours(2));
        if (hits(25) && again.isBefore(campaign.now())) {
          int other = (link + 1) % DemoCampaign.LINKS.size();
          reportClick(Actor.PERSON, again, other, reader.browserAgent(), reader.ip(), "GET");
        }
      }
      if (hits(25)) {
        buy(after(at, Duration.ofMinutes(5), Duration.ofMinutes(50)), isLive, reader);
      }
    }

    private void buy(Instant at, boolean isLive, Reader reader) {
      String value = BigDecimal.valueOf(1_000 + random.nextInt(39_000), 2).toPlainString();
      if (isLive || !at.isBefore(campaign.now())) {
        live.add(
            new LiveHit(
                message, EventType.CONVERTED, Actor.PERSON, reader.browserAgent(), 0, value));
      } else {
        report(
            EventType.CONVERTED,
            Actor.PERSON,
            at,
            Map.of(
                "goal",
                "purchase",
                "value",
                value,
                "currency",
                DemoCampaign.CURRENCY,
                "order",
                "order-" + message.id()));
      }
    }

    private void reply(Instant from, boolean isAutomatic) {
      Duration atLeast = isAutomatic ? Duration.ofSeconds(5) : Duration.ofMinutes(10);
      Duration atMost = isAutomatic ? Duration.ofSeconds(50) : Duration.ofHours(5);
      reportPast(
          EventType.REPLIED,
          isAutomatic ? Actor.SENDER : Actor.PERSON,
          after(from, atLeast, atMost),
          Map.of("in_reply_to", message.id(), "auto_reply", isAutomatic));
    }

    /// Unsubscribes, complaints and forwards of those who have read it.
    private void leave(Instant opened, Reader reader) {
      Instant at = after(opened, Duration.ofMinutes(30), Duration.ofHours(3));
      int lot = random.nextInt(1_000);
      if (lot < 5) {
        live.add(hit(EventType.UNSUBSCRIBED, Actor.PERSON, reader.browserAgent()));
      } else if (lot < 8) {
        reportPast(EventType.UNSUBSCRIBED, Actor.PERSON, at, Map.of("list", DemoCampaign.LIST));
      } else if (lot < 10) {
        reportPast(EventType.COMPLAINED, Actor.PERSON, at, Map.of("list", DemoCampaign.LIST));
      } else if (lot < 22) {
        Map<String, Object> fields =
            new HashMap<>(hitFields(reader.browserAgent(), reader.ip(), "GET"));
        fields.put("channel", "share");
        reportPast(EventType.FORWARDED, Actor.PERSON, at, fields);
      }
    }

    private void reportOpen(Actor actor, Instant at, String agent, String ip) {
      Map<String, Object> fields = new HashMap<>(hitFields(agent, ip, "GET"));
      fields.put("position", "top");
      reportPast(EventType.OPENED, actor, at, fields);
    }

    private void reportClick(
        Actor actor, Instant at, int link, String agent, String ip, String method) {
      Map<String, Object> fields = new HashMap<>(hitFields(agent, ip, method));
      fields.put("link", DemoCampaign.LINKS.get(link).name());
      fields.put("url", DemoCampaign.LINKS.get(link).url());
      reportPast(EventType.CLICKED, actor, at, fields);
    }

    private Map<String, Object> hitFields(String agent, String ip, String method) {
      return Map.of(
          "user_agent", agent,
          "ip", ip,
          "method", method,
          "recipient_time_zone", message.zone().getId());
    }

    /// What has not happened yet is not told.
    private void reportPast(EventType type, Actor actor, Instant at, Map<String, Object> fields) {
      if (at.isBefore(campaign.now())) {
        report(type, actor, at, fields);
      }
    }

    private void report(EventType type, Actor actor, Instant at, Map<String, Object> fields) {
      String id = message.id() + "." + reported.size();
      reported.add(new DemoEvent(message, type, actor, at, id, fields));
    }

    private LiveHit hit(EventType type, Actor actor, String agent) {
      return new LiveHit(message, type, actor, agent, random.nextInt(4), "");
    }

    private LiveHit clickOn(int link, Actor actor, String agent) {
      return new LiveHit(message, EventType.CLICKED, actor, agent, link, "");
    }

    private boolean hits(int percent) {
      return random.nextInt(100) < percent;
    }

    private Instant after(Instant from, Duration atLeast, Duration atMost) {
      return from.plusMillis(random.nextLong(atLeast.toMillis(), atMost.toMillis()));
    }
  }
}
