package io.aftersend.standalone.demo;

import io.aftersend.standalone.demo.DemoMessage.Mailbox;
import java.util.List;
import java.util.random.RandomGenerator;

/// The user agents and addresses that the demo's people and machines show.
final class Devices {
  /// What Apple's mail privacy protection sends: this and nothing more.
  static final String APPLE_PREFETCH = "Mozilla/5.0";

  static final String GMAIL_PREFETCH =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0";

  private static final String GMAIL_PROXY =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

  private static final String YAHOO_PROXY =
      "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html";

  private static final List<String> MAIL_CLIENTS =
      List.of(
          "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; "
              + ".NET4.0C; .NET4.0E; Microsoft Outlook 16.0.18025; ms-office; MSOffice 16)",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
              + "(KHTML, like Gecko)",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Thunderbird/140.4.0",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
              + "(KHTML, like Gecko) Mobile/15E148");

  private static final List<String> BROWSERS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
              + "Chrome/142.0.0.0 Safari/537.36",
          "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
              + "Chrome/142.0.0.0 Mobile Safari/537.36",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
              + "(KHTML, like Gecko) Version/18.6 Safari/605.1.15");

  private static final String PHONE_BROWSER =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
          + "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

  private static final List<String> SCANNERS =
      List.of("Barracuda Sentinel (EE)", "python-requests/2.32.3", "Go-http-client/1.1");

  private Devices() {}

  /// What one reader uses for one message: it does not change from hit to hit.
  ///
  /// @param opener who an open shows as
  /// @param openAgent user agent of opens
  /// @param openIp address of opens
  /// @param browserAgent user agent of clicks
  /// @param ip address of clicks
  record Reader(Actor opener, String openAgent, String openIp, String browserAgent, String ip) {}

  /// A person at this mailbox.
  static Reader reader(Mailbox mailbox, String homeNetwork, RandomGenerator random) {
    String ip = homeNetwork + random.nextInt(256) + "." + (1 + random.nextInt(254));
    String browser = any(BROWSERS, random);
    return switch (mailbox) {
      case GMAIL -> new Reader(Actor.MAIL_PROXY, GMAIL_PROXY, googleIp(random), browser, ip);
      case YAHOO ->
          new Reader(
              Actor.MAIL_PROXY,
              YAHOO_PROXY,
              "98.136.172." + (1 + random.nextInt(254)),
              browser,
              ip);
      case ICLOUD ->
          new Reader(Actor.APPLE_PREFETCH, APPLE_PREFETCH, appleIp(random), PHONE_BROWSER, ip);
      case COMPANY -> new Reader(Actor.PERSON, any(MAIL_CLIENTS, random), ip, browser, ip);
    };
  }

  static String googleIp(RandomGenerator random) {
    return "66.249." + (80 + random.nextInt(16)) + "." + (1 + random.nextInt(254));
  }

  static String appleIp(RandomGenerator random) {
    return "172.224." + (224 + random.nextInt(32)) + "." + (1 + random.nextInt(254));
  }

  static String scannerIp(RandomGenerator random) {
    return "52.14." + random.nextInt(256) + "." + (1 + random.nextInt(254));
  }

  static String scannerAgent(RandomGenerator random) {
    return any(SCANNERS, random);
  }

  static String browser(RandomGenerator random) {
    return any(BROWSERS, random);
  }

  private static <T> T any(List<T> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }
}
