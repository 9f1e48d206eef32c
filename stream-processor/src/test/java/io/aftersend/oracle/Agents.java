package io.aftersend.oracle;

import java.util.List;
import java.util.Map;

/// User agents of people and machines, by short names.
final class Agents {
  static final List<String> PEOPLE = List.of("firefox", "iphone", "safari", "thunderbird");
  static final List<String> PROXIES = List.of("gmail", "yahoo", "outlook", "fastmail");
  static final List<String> PREFETCHERS = List.of("apple", "gmail-prefetch");
  static final List<String> MACHINES =
      List.of("barracuda", "sentinel", "python", "go", "slack", "skype", "telegram");

  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry(
              "firefox",
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"),
          Map.entry(
              "iphone",
              "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
                  + " (KHTML, like Gecko) Mobile/15E148"),
          Map.entry(
              "safari",
              "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
                  + " (KHTML, like Gecko) Version/18.5 Safari/605.1.15"),
          Map.entry(
              "thunderbird",
              "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.10.0"),
          Map.entry(
              "gmail",
              "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0"
                  + " (via ggpht.com GoogleImageProxy)"),
          Map.entry(
              "yahoo", "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"),
          Map.entry("outlook", "OutlookImageProxy"),
          Map.entry("fastmail", "FastmailUA/1.0"),
          Map.entry("apple", "Mozilla/5.0"),
          Map.entry(
              "gmail-prefetch",
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0"),
          Map.entry("barracuda", "BarracudaCentral"),
          Map.entry("sentinel", "Barracuda Sentinel (EE)"),
          Map.entry("python", "python-requests/2.31.0"),
          Map.entry("go", "Go-http-client/1.1"),
          Map.entry("slack", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"),
          Map.entry("skype", "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"),
          Map.entry("telegram", "TelegramBot (like TwitterBot)"));

  private Agents() {}

  static String named(String name) {
    String agent = BY_NAME.get(name);
    if (agent == null) {
      throw new IllegalArgumentException("one of " + BY_NAME.keySet() + ", not " + name);
    }
    return agent;
  }

  /// The short name of an agent, else the agent itself.
  static String nameOf(String agent) {
    return BY_NAME.entrySet().stream()
        .filter(entry -> entry.getValue().equals(agent))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(agent);
  }
}
