package io.aftersend.query.campaign;

import java.util.ArrayList;
import java.util.List;

/// Distributions in memory, the same for every campaign.
public final class FakeDistributions implements DistributionReadModel {
  final List<Delays> delays = new ArrayList<>();
  final List<Rate> readTime = new ArrayList<>();

  @Override
  public List<Rate> readTime(String tenant, String campaign) {
    return readTime;
  }

  @Override
  public List<Delays> delays(String tenant, String campaign) {
    return delays;
  }
}
