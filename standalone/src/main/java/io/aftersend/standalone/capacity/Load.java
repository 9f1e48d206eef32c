package io.aftersend.standalone.capacity;

/// What is sent, and what comes back.
///
/// @param mailsPerDay at least 1
/// @param eventsPerMail of all kinds: sent, delivered, opens, clicks, and what machines do
/// @param hitsPerMail of these, what comes to the edge as a hit
/// @param peak the busiest minute as a multiple of the day's mean
public record Load(long mailsPerDay, double eventsPerMail, double hitsPerMail, double peak) {
  private static final int SECONDS_PER_DAY = 86_400;

  /// Events a second, as the mean of the day.
  public double meanEvents() {
    return mailsPerDay * eventsPerMail / SECONDS_PER_DAY;
  }

  /// Events a second in the busiest minute.
  public double peakEvents() {
    return meanEvents() * peak;
  }

  /// Hits a second in the busiest minute.
  public double peakHits() {
    return mailsPerDay * hitsPerMail / SECONDS_PER_DAY * peak;
  }
}
