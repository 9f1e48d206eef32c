package io.aftersend.oracle;

import java.util.Map;

/// On what and where the person behind an open or click was. Of proxies and machines nothing is
/// known. Knows the people among [Agents], and no others.
final class ReaderPlace {
  private ReaderPlace() {}

  static String device(Judged hit) {
    String agent = hit.event().getUserAgent();
    if (!hit.verdict().equals("human") || agent == null) {
      return "unknown";
    }
    return switch (Agents.nameOf(agent)) {
      case "iphone" -> "mobile";
      case "thunderbird" -> "desktop";
      case "firefox", "safari" -> hit.is("opened") ? "webmail" : "desktop";
      default -> "unknown";
    };
  }

  /// @param countries by address
  static String country(Judged hit, Map<String, String> countries) {
    String address = hit.event().getIp();
    return hit.verdict().equals("human") && address != null
        ? countries.getOrDefault(address, "")
        : "";
  }
}
