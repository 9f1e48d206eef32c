package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule that looks at all hits of a message. Pure.
///
/// @param name stands in the reasons of what it claims
/// @param within the length of its span of time
/// @param afterDelivery how long after delivery it looks; null for ever
record BehaviourRule(
    String name,
    Scope scope,
    Verdict verdict,
    double confidence,
    Behaviour behaviour,
    Windows within,
    @Nullable Windows afterDelivery) {

  /// Finds which entries the rule claims.
  ///
  /// @param group entries of one provider by time
  /// @param isClaimed is set to true at the place of each that is claimed
  void claim(List<Sighting> group, Anchor anchor, boolean[] isClaimed) {
    long withinMs = within.lengthMs(anchor.mailboxProvider());
    long latestMs = latestMs(anchor);
    switch (behaviour) {
      case Behaviour.DistinctLinks(int atLeast) ->
          claimSpans(group, withinMs, latestMs, atLeast, true, isClaimed);
      case Behaviour.DistinctNetworks(int atLeast) ->
          claimSpans(group, withinMs, latestMs, atLeast, false, isClaimed);
      case Behaviour.UnsubscribeWithLink() -> claimPairs(group, withinMs, latestMs, isClaimed);
      case Behaviour.SoonAfterDelivery(Windows before) ->
          claimSoon(group, anchor, before, withinMs, isClaimed);
    }
  }

  private long latestMs(Anchor anchor) {
    Long timeMs = anchor.timeMs();
    return afterDelivery == null || timeMs == null
        ? Long.MAX_VALUE
        : timeMs + afterDelivery.lengthMs(anchor.mailboxProvider());
  }

  /// Every span that holds enough begins, without loss, at an entry.
  private void claimSpans(
      List<Sighting> group,
      long withinMs,
      long latestMs,
      int atLeast,
      boolean isOfLinks,
      boolean[] isClaimed) {
    long[] different = new long[atLeast];
    for (int first = 0; first < group.size(); first++) {
      if (!isInPlay(group.get(first), latestMs)) {
        continue;
      }
      long endMs = Math.min(group.get(first).timeMs() + withinMs, latestMs);
      int found = 0;
      int end = first;
      for (; end < group.size() && group.get(end).timeMs() <= endMs; end++) {
        Sighting sighting = group.get(end);
        long mark = isOfLinks ? sighting.link() : sighting.network();
        if (mark != Sighting.NONE && found < atLeast && isInPlay(sighting, latestMs)) {
          found = withDifferent(different, found, mark);
        }
      }
      if (found >= atLeast) {
        for (int i = first; i < end; i++) {
          isClaimed[i] |= canClaim(group.get(i), latestMs);
        }
      }
    }
  }

  private static int withDifferent(long[] different, int found, long mark) {
    for (int i = 0; i < found; i++) {
      if (different[i] == mark) {
        return found;
      }
    }
    different[found] = mark;
    return found + 1;
  }

  private void claimPairs(List<Sighting> group, long withinMs, long latestMs, boolean[] isClaimed) {
    for (int i = 0; i < group.size(); i++) {
      Sighting one = group.get(i);
      for (int j = i + 1;
          j < group.size() && group.get(j).timeMs() - one.timeMs() <= withinMs;
          j++) {
        Sighting other = group.get(j);
        boolean isPair =
            (isUnsubscribe(one) && isOtherLink(other))
                || (isOtherLink(one) && isUnsubscribe(other));
        if (isPair && other.timeMs() <= latestMs) {
          isClaimed[i] |= canClaim(one, latestMs);
          isClaimed[j] |= canClaim(other, latestMs);
        }
      }
    }
  }

  private void claimSoon(
      List<Sighting> group, Anchor anchor, Windows before, long withinMs, boolean[] isClaimed) {
    Long timeMs = anchor.timeMs();
    if (timeMs == null) {
      return;
    }
    long fromMs = timeMs - before.lengthMs(anchor.mailboxProvider());
    for (int i = 0; i < group.size(); i++) {
      long hitMs = group.get(i).timeMs();
      if (hitMs >= fromMs && hitMs < timeMs + withinMs) {
        isClaimed[i] |= canClaim(group.get(i), Long.MAX_VALUE);
      }
    }
  }

  private static boolean isUnsubscribe(Sighting sighting) {
    return sighting.type() == EventType.UNSUBSCRIBED
        || sighting.type() == EventType.UNSUBSCRIBE_VIEWED;
  }

  private static boolean isOtherLink(Sighting sighting) {
    return sighting.link() != Sighting.NONE && !isUnsubscribe(sighting);
  }

  private boolean isInPlay(Sighting sighting, long latestMs) {
    return sighting.timeMs() <= latestMs && scope.holds(sighting.type());
  }

  private boolean canClaim(Sighting sighting, long latestMs) {
    return sighting.isOpen() && isInPlay(sighting, latestMs);
  }
}
