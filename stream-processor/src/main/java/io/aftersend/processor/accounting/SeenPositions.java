package io.aftersend.processor.accounting;

import io.aftersend.processor.state.AgingStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The memory of what came before: the id of each event, with the position that brought it first,
/// and the positions that brought no event of their own.
///
/// One key per id and one per such position, never a growing value. For the task's thread.
final class SeenPositions {
  /// Says that the position is the id itself, as a hit's is, or is not known.
  private static final byte[] NO_OTHER_THAN_ID = {1};

  private static final byte[] SEEN = {1};

  /// Begins the key of a position. Keys of events begin with a tenant, whose id cannot hold it.
  private static final String POSITION_PREFIX = "@";

  private final AgingStore<byte[]> store;

  SeenPositions(AgingStore<byte[]> store) {
    this.store = store;
  }

  /// Says how an event stands to those that are remembered, and remembers the position of a repeat.
  ///
  /// @param key the event's key, in which its id is unique
  /// @param position where it lies; null where no journal made it, which cannot be sent again
  Arrival arrive(String key, String eventId, @Nullable Position position, long nowMs) {
    byte[] before = store.get(idKey(key, eventId), nowMs);
    if (before == null) {
      return Arrival.FIRST;
    }
    if (position == null) {
      return Arrival.REPEAT;
    }
    boolean isSame = Arrays.equals(before, remembered(eventId, position));
    return isSame || !isNew(position, nowMs) ? Arrival.RESENT : Arrival.REPEAT;
  }

  /// Remembers an event that did not come before.
  void remember(String key, String eventId, @Nullable Position position, long nowMs) {
    store.put(idKey(key, eventId), remembered(eventId, position), nowMs);
  }

  private static String idKey(String key, String eventId) {
    return key + "|" + eventId;
  }

  /// Remembers a position that brought no event of its own; false where it is remembered already.
  boolean isNew(Position position, long nowMs) {
    String key = POSITION_PREFIX + position.text();
    if (store.get(key, nowMs) != null) {
      return false;
    }
    store.put(key, SEEN, nowMs);
    return true;
  }

  private static byte[] remembered(String eventId, @Nullable Position position) {
    return position == null || isOwnId(eventId, position) ? NO_OTHER_THAN_ID : position.encoded();
  }

  private static boolean isOwnId(String eventId, Position position) {
    return eventId.startsWith(position.journal()) && eventId.equals(position.text());
  }
}
