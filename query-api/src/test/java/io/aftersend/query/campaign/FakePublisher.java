package io.aftersend.query.campaign;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.schemas.campaign.CampaignSettings;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A topic in memory.
public final class FakePublisher implements CampaignPublisher {
  public final List<CampaignSettings> published = new CopyOnWriteArrayList<>();
  public volatile boolean isDown;

  /// Runs within every call, before the record counts as published.
  public volatile Runnable whilePublishing = () -> {};

  @Override
  public void publish(CampaignSettings settings, long timestampMs) {
    if (isDown) {
      throw new ProblemException(Problem.unavailable("Kafka cannot be reached now"));
    }
    whilePublishing.run();
    published.add(settings);
  }
}
