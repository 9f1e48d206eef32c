package io.aftersend.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events of every table that the API has, of a tenant that shares its ids with another one.
final class SharedIds {
  private static final String BROWSER =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0";

  private SharedIds() {}

  /// How many mails the tenant of a mark has sent: no two tenants the same.
  static int mails(String mark) {
    return mark.equals(TwoTenants.MARK) ? 7 : 4;
  }

  /// All events of the tenant of a mark, a minute apart.
  static List<Map<String, Object>> events(String mark, Instant start) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < mails(mark); i++) {
      String variant = i % 2 == 0 ? "a" : "b";
      Map<String, Object> mail =
          Map.of("campaign", "shared", "message", "m" + i, "recipient", "r" + i, "account", mark);
      Map<String, Object> sent = new HashMap<>(mail);
      sent.putAll(Map.of("variant", variant, "labels", List.of(mark + " label")));
      add(events, start, "sent", i, sent);
      Map<String, Object> bounced = new HashMap<>(mail);
      bounced.put("bounce_class", "hard");
      add(events, start, i == 3 ? "bounced" : "delivered", i, i == 3 ? bounced : mail);
      add(events, start, "opened", i, hit(mail));
      Map<String, Object> clicked = hit(mail);
      clicked.put("link", mark + "-link");
      clicked.put("url", "https://" + mark + ".example/");
      add(events, start, "clicked", i, clicked);
      add(events, start, "replied", i, mail);
      Map<String, Object> converted = new HashMap<>(mail);
      converted.putAll(Map.of("value", "2.5", "currency", "AZN", "order", mark + i));
      add(events, start, "converted", i, converted);
      add(events, start, "subscribed", i, Map.of("list", "shared", "recipient", "r" + i));
      add(
          events,
          start,
          "received",
          i,
          Map.of("mailbox", "shared", "thread", mark + "-t" + i, "folder", mark + " folder"));
      add(events, start, "sent", 100 + i, Map.of("mailbox", "shared", "thread", mark + "-u" + i));
    }
    Map<String, Object> alone =
        Map.of("campaign", mark + "-only", "message", mark + "-m", "recipient", mark + "-r");
    add(events, start, "sent", 200, alone);
    add(events, start, "opened", 200, hit(alone));
    return events;
  }

  private static Map<String, Object> hit(Map<String, Object> mail) {
    Map<String, Object> hit = new HashMap<>(mail);
    hit.put("user_agent", BROWSER);
    return hit;
  }

  private static void add(
      List<Map<String, Object>> events,
      Instant start,
      String type,
      int number,
      Map<String, Object> fields) {
    Map<String, Object> event = new HashMap<>(fields);
    event.put("type", type);
    event.put("event_id", type + number);
    event.put("event_time", start.plus(Duration.ofMinutes(events.size())).toString());
    events.add(event);
  }
}
