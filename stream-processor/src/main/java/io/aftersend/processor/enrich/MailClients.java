package io.aftersend.processor.enrich;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mail clients that say in their user agent who they are. Ours comes before the library's
/// word: it is written for browsers, and takes several of these for the browser engine within.
final class MailClients {
  private record Sign(String text, String client) {}

  private static final List<Sign> SIGNS =
      List.of(
          new Sign("Outlook-Express/", "Windows Live Mail"),
          new Sign("Microsoft Outlook", "Outlook"),
          new Sign("MacOutlook/", "Outlook"),
          new Sign("Outlook-iOS", "Outlook"),
          new Sign("Outlook-Android", "Outlook"),
          new Sign("ms-office", "Outlook"),
          new Sign("MSOffice", "Outlook"),
          new Sign("Thunderbird/", "Thunderbird"),
          new Sign("Betterbird/", "Betterbird"),
          new Sign("Postbox/", "Postbox"),
          new Sign("YahooMobile/1.0 (mail", "Yahoo Mail"),
          new Sign("YahooMobileMail/", "Yahoo Mail"),
          new Sign("com.yahoo.mobile.client.android.mail", "Yahoo Mail"),
          new Sign("Evolution/", "Evolution"),
          new Sign("KMail/", "KMail"),
          new Sign("Claws Mail", "Claws Mail"),
          new Sign("The Bat!", "The Bat!"),
          new Sign("eMClient/", "eM Client"),
          new Sign("eM Client", "eM Client"),
          new Sign("Foxmail", "Foxmail"),
          new Sign("Lotus-Notes/", "Notes"),
          new Sign("Airmail", "Airmail"),
          new Sign("Mailspring", "Mailspring"),
          new Sign("Mailbird", "Mailbird"));

  private MailClients() {}

  /// The mail client that an agent names; null where it names none.
  static @Nullable String named(String agent) {
    for (Sign sign : SIGNS) {
      if (agent.contains(sign.text())) {
        return sign.client();
      }
    }
    return agent.startsWith("Mail/") && agent.contains("CFNetwork/") ? "Apple Mail" : null;
  }

  /// Whether an agent is WebKit on an Apple machine and no browser says its name: on a pixel, Apple
  /// Mail, or another mail client that shows mail with the system's view.
  static boolean isBareWebKit(String agent) {
    return agent.startsWith("Mozilla/5.0 (")
        && (agent.contains("Macintosh; ") || agent.contains("iPhone; ") || agent.contains("iPad; "))
        && (agent.endsWith("(KHTML, like Gecko)")
            || (agent.contains("(KHTML, like Gecko) Mobile/")
                && !agent.contains("Safari/")
                && lastProductIsMobile(agent)));
  }

  private static boolean lastProductIsMobile(String agent) {
    return agent.startsWith("Mobile/", agent.lastIndexOf(' ') + 1);
  }
}
