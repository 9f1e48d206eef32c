package io.aftersend.edge.proxy;

/// The elements of an `X-Forwarded-For` line: addresses between commas. Empty elements, which RFC
/// 9110 lets a list have, do not count.
final class AddressListHops extends HopList {
  @Override
  void read(byte[] line, int start, int end) {
    clear();
    int at = start;
    while (at <= end) {
      int comma = indexOf(line, (byte) ',', at, end);
      int stop = comma < 0 ? end : comma;
      int from = at;
      int to = stop;
      while (from < to && isBlank(line[from])) {
        from++;
      }
      while (to > from && isBlank(line[to - 1])) {
        to--;
      }
      if (from < to) {
        add(from, to);
      }
      at = stop + 1;
    }
  }
}
