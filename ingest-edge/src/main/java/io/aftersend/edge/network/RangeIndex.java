package io.aftersend.edge.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// An immutable index of nested address ranges of one family, flattened into neighbouring pieces:
/// each piece begins at its entry and belongs to the longest prefix there. Searching is binary and
/// allocates nothing.
final class RangeIndex {
  private final long[] high;
  private final long[] low;
  private final Network[] networks;

  private RangeIndex(List<Piece> pieces) {
    high = new long[pieces.size()];
    low = new long[pieces.size()];
    networks = new Network[pieces.size()];
    for (int i = 0; i < pieces.size(); i++) {
      high[i] = pieces.get(i).high;
      low[i] = pieces.get(i).low;
      networks[i] = pieces.get(i).network;
    }
  }

  private record Piece(long high, long low, Network network) {}

  /// @param ranges prefixes, hence nested or apart; of two equal ones the later wins
  static RangeIndex of(List<AddressRange> ranges) {
    List<AddressRange> sorted = new ArrayList<>(ranges);
    sorted.sort(AddressRange.OUTER_FIRST);
    List<Piece> pieces = new ArrayList<>();
    Deque<AddressRange> around = new ArrayDeque<>();
    for (AddressRange range : sorted) {
      endThose(around, range, pieces);
      begin(pieces, range.firstHigh(), range.firstLow(), range.network());
      around.push(range);
    }
    while (!around.isEmpty()) {
      endInnermost(around, pieces);
    }
    return new RangeIndex(pieces);
  }

  /// Ends the ranges that `next` lies behind.
  private static void endThose(Deque<AddressRange> around, AddressRange next, List<Piece> pieces) {
    while (!around.isEmpty() && !around.getFirst().contains(next)) {
      endInnermost(around, pieces);
    }
  }

  private static void endInnermost(Deque<AddressRange> around, List<Piece> pieces) {
    AddressRange ended = around.pop();
    long low = ended.lastLow() + 1;
    long high = low == 0 ? ended.lastHigh() + 1 : ended.lastHigh();
    if (low == 0 && high == 0) {
      // It reaches to the last address: nothing lies behind it.
      return;
    }
    AddressRange outer = around.peek();
    begin(pieces, high, low, outer == null ? Network.OTHER : outer.network());
  }

  private static void begin(List<Piece> pieces, long high, long low, Network network) {
    if (!pieces.isEmpty()) {
      Piece last = pieces.getLast();
      if (last.high == high && last.low == low) {
        pieces.removeLast();
      }
    }
    pieces.add(new Piece(high, low, network));
  }

  Network find(long addressHigh, long addressLow) {
    int from = 0;
    int to = high.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (AddressRange.compare(high[middle], low[middle], addressHigh, addressLow) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from == 0 ? Network.OTHER : networks[from - 1];
  }
}
