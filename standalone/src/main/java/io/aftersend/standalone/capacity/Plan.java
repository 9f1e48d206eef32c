package io.aftersend.standalone.capacity;

import java.util.List;

/// The machines that a load needs. All formulas are here, and in words in `docs/capacity.md`.
///
/// @param parts in the order of an event's way
public record Plan(List<Part> parts) {
  private static final double US_PER_SECOND = 1e6;
  private static final double GIGABYTE = 1e9;
  private static final int KAFKA_DAYS = 7;

  /// Two, so that one may be lost or replaced.
  private static final int LEAST = 2;

  /// Kafka's controllers decide by majority.
  private static final int LEAST_BROKERS = 3;

  /// The machines of one kind.
  ///
  /// @param cores that the peak keeps busy
  /// @param machines with room
  /// @param gigabytes on the disks of all of them together
  /// @param megabitsPerSecond into and out of all of them together, at the peak
  /// @param monthly price of these machines and disks
  public record Part(
      String name,
      double cores,
      int machines,
      double gigabytes,
      double megabitsPerSecond,
      double monthly) {}

  /// Plans.
  public static Plan of(Load load, Site site, Costs costs) {
    double peak = load.peakEvents();
    double perDay = load.mailsPerDay() * load.eventsPerMail();
    double facts = (double) load.mailsPerDay() * site.factsDays();
    double outageEvents = load.meanEvents() * 3_600 * site.outageHours();
    double wire = peak * costs.kafkaBytes() * 8 / 1e6;
    return new Plan(
        List.of(
            part(
                "edge",
                site,
                peak * costs.edgeUs(),
                LEAST,
                outageEvents * costs.journalBytes(),
                load.peakHits() * costs.hitNetworkBytes() * 8 / 1e6 + wire),
            part(
                "kafka",
                site,
                peak * costs.kafkaUs() * site.kafkaCopies(),
                LEAST_BROKERS,
                (perDay * KAFKA_DAYS * costs.kafkaBytes() + facts * costs.kafkaMessageBytes())
                    * site.kafkaCopies(),
                wire * (site.kafkaCopies() + 2)),
            part(
                "processor",
                site,
                peak * costs.processorUs(),
                LEAST,
                facts * costs.stateBytes(),
                wire * 3),
            part(
                "clickhouse",
                site,
                peak * costs.clickHouseUs() * site.clickHouseCopies(),
                site.clickHouseCopies(),
                perDay * site.retentionDays() * costs.clickHouseBytes() * site.clickHouseCopies(),
                wire * site.clickHouseCopies()),
            part("api", site, 0, LEAST, 0, 0)));
  }

  private static Part part(
      String name, Site site, double us, int least, double bytes, double megabitsPerSecond) {
    double cores = us / US_PER_SECOND;
    int machines = Math.max(least, (int) Math.ceil(cores / site.busy() / site.coresPerMachine()));
    double gigabytes = bytes / GIGABYTE;
    double monthly =
        machines * site.coresPerMachine() * site.coreMonthPrice()
            + gigabytes * site.gigabyteMonthPrice();
    return new Part(name, cores, machines, gigabytes, megabitsPerSecond, monthly);
  }

  /// All of it together.
  public Part total() {
    return new Part(
        "together",
        parts.stream().mapToDouble(Part::cores).sum(),
        parts.stream().mapToInt(Part::machines).sum(),
        parts.stream().mapToDouble(Part::gigabytes).sum(),
        parts.stream().mapToDouble(Part::megabitsPerSecond).sum(),
        parts.stream().mapToDouble(Part::monthly).sum());
  }
}
