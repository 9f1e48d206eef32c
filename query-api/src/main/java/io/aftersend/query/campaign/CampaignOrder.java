package io.aftersend.query.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// By what campaigns can be put in order.
public enum CampaignOrder {
  CAMPAIGN,
  NAME,
  SENT,
  OPENED,
  CLICKED,
  FIRST_SENT;

  static final List<String> NAMES =
      Arrays.stream(values()).map(order -> order.name().toLowerCase(Locale.ROOT)).toList();

  static CampaignOrder named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
