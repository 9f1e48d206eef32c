package io.aftersend.query.campaign;

import io.aftersend.query.campaign.CampaignProfiles.Stored;
import io.aftersend.query.clickhouse.ClickHouse;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What senders say of their campaigns, in the table `campaigns` of ClickHouse. Safe for any
/// thread.
public final class ClickHouseProfiles implements CampaignProfiles {
  private final ClickHouse clickHouse;

  public ClickHouseProfiles(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String CURRENT =
      """
      SELECT campaign, name, subject, cost, currency, labels, list, count_source, version
      FROM campaigns FINAL
      WHERE tenant = ? AND campaign = ?
      LIMIT 1
      """;

  @Override
  public @Nullable Stored current(String tenant, String campaign) {
    List<Stored> rows =
        clickHouse.query(
            CURRENT,
            List.of(tenant, campaign),
            1,
            row -> new Stored(ClickHouseCampaigns.profile(row), row.getLong("version")));
    return rows.isEmpty() ? null : rows.getFirst();
  }

  private static final String STORE =
      """
      INSERT INTO campaigns
        (tenant, campaign, name, subject, cost, currency, labels, list, count_source, version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  @Override
  public void store(String tenant, Stored stored) {
    CampaignProfile profile = stored.profile();
    clickHouse.insert(
        STORE,
        Arrays.asList(
            tenant,
            profile.campaign(),
            Objects.requireNonNullElse(profile.name(), ""),
            Objects.requireNonNullElse(profile.subject(), ""),
            profile.cost(),
            Objects.requireNonNullElse(profile.currency(), ""),
            profile.labels(),
            Objects.requireNonNullElse(profile.list(), ""),
            profile.countSource(),
            stored.version()));
  }
}
