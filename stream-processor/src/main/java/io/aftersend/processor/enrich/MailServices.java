package io.aftersend.processor.enrich;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mail services that stand between a person and the pixel.
final class MailServices {
  /// The service by the reason of the verdict on its proxy or its prefetch.
  private static final Map<String, String> BY_REASON =
      Map.of(
          "apple_mpp", "Apple Mail",
          "gmail_prefetch", "Gmail",
          "gmail_proxy", "Gmail",
          "yahoo_proxy", "Yahoo Mail",
          "outlook_proxy", "Outlook.com",
          "fastmail_proxy", "Fastmail");

  /// The service by the host of its pages, which browsers tell as the referer of a pixel.
  private static final Map<String, String> BY_HOST =
      Map.ofEntries(
          Map.entry("mail.google.com", "Gmail"),
          Map.entry("outlook.live.com", "Outlook.com"),
          Map.entry("outlook.office.com", "Outlook on the web"),
          Map.entry("outlook.office365.com", "Outlook on the web"),
          Map.entry("outlook.cloud.microsoft", "Outlook on the web"),
          Map.entry("mail.yahoo.com", "Yahoo Mail"),
          Map.entry("mail.aol.com", "AOL Mail"),
          Map.entry("www.icloud.com", "iCloud Mail"),
          Map.entry("app.fastmail.com", "Fastmail"),
          Map.entry("mail.proton.me", "Proton Mail"),
          Map.entry("mail.zoho.com", "Zoho Mail"),
          Map.entry("e.mail.ru", "Mail.ru"),
          Map.entry("mail.yandex.ru", "Yandex Mail"),
          Map.entry("mail.yandex.com", "Yandex Mail"),
          Map.entry("mail.qq.com", "QQ Mail"));

  private MailServices() {}

  /// The service whose machine made the hit, by the reasons of the verdict; null where none did.
  static @Nullable String ofReasons(List<String> reasons) {
    for (String reason : reasons) {
      String service = BY_REASON.get(reason);
      if (service != null) {
        return service;
      }
    }
    return null;
  }

  /// The service whose page showed the mail; null where it is none of the known.
  ///
  /// @param host the referer's
  static @Nullable String ofHost(@Nullable String host) {
    return host == null ? null : BY_HOST.get(host);
  }
}
