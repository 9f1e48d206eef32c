package io.aftersend.query.dimension;

import io.aftersend.query.campaign.CampaignReadModel;
import java.util.List;
import java.util.Locale;

/// By what the counts of a campaign can be told apart here.
public enum Dimension {
  DEVICE("devices", true),
  COUNTRY("places", true),
  ACCOUNT("accounts", false);

  private static final List<String> OPENS_AND_CLICKS = List.of("opened", "clicked");

  private final String table;
  private final boolean isOfHits;

  Dimension(String table, boolean isOfHits) {
    this.table = table;
    this.isOfHits = isOfHits;
  }

  /// The name in lower case, as it stands in rows.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is of opens and clicks, each of which has a value of its own.
  public boolean isOfHits() {
    return isOfHits;
  }

  /// The last part of the path of its table.
  public String table() {
    return table;
  }

  /// The types of events that are shown, in that order.
  public List<String> types() {
    return isOfHits ? OPENS_AND_CLICKS : CampaignReadModel.MAIN_TYPES;
  }
}
