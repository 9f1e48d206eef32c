package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.util.List;
import java.util.Set;

/// Judges an event by what it shows of itself: its type, its method, its prefetch header and its
/// user agent. Knows the signatures of [Agents], and no others.
final class OwnEvidence implements Judging {
  private static final Set<String> MADE_BY_HITS =
      Set.of(
          "opened",
          "read",
          "clicked",
          "attachment_opened",
          "forwarded",
          "page_viewed",
          "converted",
          "unsubscribe_viewed");

  private static final String APPLE_PREFETCH = "Mozilla/5.0";
  static final String GMAIL_PREFETCH =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0";

  private static final List<String> PROXIES =
      List.of("GoogleImageProxy", "YahooMailProxy", "OutlookImageProxy", "FastmailUA");
  private static final List<String> PREVIEWS =
      List.of("Slackbot-LinkExpanding", "SkypeUriPreview", "WhatsApp", "TelegramBot");
  private static final List<String> SCANNERS = List.of("BarracudaCentral", "Barracuda Sentinel");
  private static final List<String> BOTS =
      List.of("python-requests", "Go-http-client", "Apache-HttpClient");

  @Override
  public String verdict(EmailEvent event, List<EmailEvent> unit) {
    if (!MADE_BY_HITS.contains(event.getType())) {
      return "human";
    }
    if ("HEAD".equals(event.getMethod())) {
      return "scanner";
    }
    if (Boolean.TRUE.equals(event.getPrefetch())) {
      return "prefetch";
    }
    return event.getUserAgent() == null ? "human" : byAgent(event.getType(), event.getUserAgent());
  }

  private static String byAgent(String type, String agent) {
    if ((type.equals("opened") && agent.equals(APPLE_PREFETCH)) || agent.equals(GMAIL_PREFETCH)) {
      return "prefetch";
    }
    if (PROXIES.stream().anyMatch(agent::contains)) {
      return "proxy";
    }
    if (PREVIEWS.stream().anyMatch(agent::contains)) {
      return "preview";
    }
    if (SCANNERS.stream().anyMatch(agent::contains)) {
      return "scanner";
    }
    return BOTS.stream().anyMatch(agent::contains) ? "bot" : "human";
  }
}
