package io.aftersend.bench.freshness;

import io.aftersend.runtime.lifecycle.StartupException;
import java.time.Duration;

/// The comparison at the end: every hit that was answered must have come through, once.
record Books(Http http, String clickHouse, String tenant) {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /// Waits until all agree.
  ///
  /// @param hits answered by the edge
  /// @param sends posted
  /// @throws StartupException with what differs, when they do not
  void await(long hits, long sends) throws InterruptedException {
    long all = hits + sends;
    String expected = "%d\t%d\t%d\t%d\t%d\t%d\t0\t0".formatted(hits, sends, all, all, all, all);
    long endNs = System.nanoTime() + DEADLINE.toNanos();
    String found = find();
    while (!found.equals(expected)) {
      if (System.nanoTime() - endNs >= 0) {
        throw new StartupException(
            "expected hits, sends, rows, highest, acknowledged, stored, dropped, missing: "
                + expected
                + ", got "
                + found);
      }
      Thread.sleep(BETWEEN_LOOKS);
      found = find();
    }
  }

  private String find() throws InterruptedException {
    String sql =
        """
          SELECT
            (SELECT sum(total) FROM aftersend.campaign_counts
              WHERE tenant = '%1$s' AND type IN ('opened', 'clicked')),
            (SELECT sum(total) FROM aftersend.campaign_counts WHERE tenant = '%1$s' AND type = 'sent'),
            (SELECT count() FROM aftersend.events WHERE tenant = '%1$s'),
            sum(highest), sum(acknowledged), sum(stored),
            sum(repeats) + sum(dropped_by_edge) + sum(dropped_by_processor),
            sum(abs(missing)) + sum(abs(missing_at_edge))
          FROM aftersend.accounting_balance
          """
            .formatted(tenant);
    return http.query(clickHouse, sql).strip();
  }
}
