package io.aftersend.processor.enrich;

import java.util.List;

/// The kind of device by the signs that browsers and mail clients agree on: Android is a phone
/// where it says "Mobile" and a tablet where it does not, and desktops name their system.
final class DeviceSigns {
  private static final List<String> NEITHER =
      List.of("SMART-TV", "SmartTV", "Android TV", "BRAVIA");
  private static final List<String> TABLETS = List.of("iPad", "Tablet", "Kindle", "Silk/");
  private static final List<String> MOBILES =
      List.of("iPhone", "iPod", "Windows Phone", "Mobile", "CFNetwork/", "Outlook-iOS");
  private static final List<String> DESKTOPS =
      List.of(
          "Windows", "Macintosh", "Mac OS X", "X11", "CrOS", "Linux x86_64", "Microsoft Office/");

  private DeviceSigns() {}

  static Device device(String agent) {
    if (hasAny(agent, NEITHER)) {
      return Device.UNKNOWN;
    }
    if (hasAny(agent, TABLETS)) {
      return Device.TABLET;
    }
    if (hasAny(agent, MOBILES)) {
      return Device.MOBILE;
    }
    if (agent.contains("Android")) {
      return Device.TABLET;
    }
    return hasAny(agent, DESKTOPS) ? Device.DESKTOP : Device.UNKNOWN;
  }

  private static boolean hasAny(String agent, List<String> signs) {
    for (String sign : signs) {
      if (agent.contains(sign)) {
        return true;
      }
    }
    return false;
  }
}
