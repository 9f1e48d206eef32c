package io.aftersend.oracle;

import java.util.List;

/// As [HandCases], of what nobody can post, since only hits of ours have a token.
public final class TokenCases {
  private TokenCases() {}

  /// All of them.
  public static List<HandCase> all() {
    return List.of(messageThatWasForgotten());
  }

  private static HandCase messageThatWasForgotten() {
    return HandCase.of("of a message that may have been forgotten, totals count")
        .events(
            "sent 1-4",
            "opened 1 issued=401",
            "opened 2 issued=399 at=90",
            "opened 5 issued=401",
            "opened 5 issued=401 at=90",
            "replied 5 at=61",
            "clicked 6 issued=399",
            "converted 5 issued=401 value=2 currency=AZN")
        .expects(
            "opened.total = 4",
            "opened.unique = 1",
            "opened.human_unique = 1",
            "clicked.unique = 1",
            "replied.total = 1",
            "replied.unique = 0",
            "converted.total = 1",
            "conversion_rate = 0 / 3",
            "revenue.AZN = 2",
            "open_rate_lower = 2 / 3",
            "late = 6",
            "opened event own  60 = 2/2/0",
            "opened event own  90 = 2/2/1");
  }
}
