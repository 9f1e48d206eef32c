package io.aftersend.edge.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An immutable table of networks: for an address the longest prefix that contains it. Safe for any
/// thread; looking up allocates nothing.
public final class NetworkTable {
  /// Google's image proxies, which fetch for Gmail's readers. Further providers publish no lists
  /// that could be built in.
  private static final List<String> GOOGLE = List.of("66.249.80.0/20", "74.125.0.0/16");

  private static final int MAX_REPORTED_LINES = 5;

  private final RangeIndex v4;
  private final RangeIndex v6;
  private final int size;

  private NetworkTable(List<AddressRange> ranges) {
    v4 = RangeIndex.of(ranges.stream().filter(range -> !range.isV6()).toList());
    v6 = RangeIndex.of(ranges.stream().filter(AddressRange::isV6).toList());
    size = ranges.size();
  }

  /// The table that holds when no file is configured.
  public static NetworkTable builtIn() {
    Network google = new Network(NetworkClass.GOOGLE, null);
    List<AddressRange> ranges = new ArrayList<>();
    for (String prefix : GOOGLE) {
      AddressRange range = AddressRange.parse(prefix, google);
      if (range == null) {
        throw new AssertionError("built-in prefix " + prefix);
      }
      ranges.add(range);
    }
    return new NetworkTable(ranges);
  }

  /// Reads lines of `prefix,class,asn`; `asn` may be left empty or out. Empty lines, lines that
  /// begin with `#`, and a first line of the column names do not count.
  ///
  /// @throws IllegalArgumentException when a line is broken; the message names lines by number
  public static NetworkTable parse(List<String> lines) {
    List<AddressRange> ranges = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int broken = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || (i == 0 && line.startsWith("prefix,"))) {
        continue;
      }
      Object read = readLine(line);
      if (read instanceof AddressRange range) {
        ranges.add(range);
      } else if (++broken <= MAX_REPORTED_LINES) {
        problems.add("line " + (i + 1) + ": " + read);
      }
    }
    if (broken > 0) {
      String more =
          broken > MAX_REPORTED_LINES
              ? "; and " + (broken - MAX_REPORTED_LINES) + " lines more"
              : "";
      throw new IllegalArgumentException(String.join("; ", problems) + more);
    }
    return new NetworkTable(ranges);
  }

  /// @return the range, or the problem as a text
  private static Object readLine(String line) {
    String[] columns = line.split(",", -1);
    if (columns.length < 2 || columns.length > 3) {
      return "expected prefix,class,asn, got " + columns.length + " columns";
    }
    NetworkClass networkClass = NetworkClass.ofWireName(columns[1].strip());
    if (networkClass == null) {
      return "expected a class such as google or hosting, got \"" + cut(columns[1]) + '"';
    }
    String asn = columns.length == 3 ? columns[2].strip() : "";
    if (!asn.matches("[0-9]{0,10}")) {
      return "expected an asn of at most 10 digits, got \"" + cut(asn) + '"';
    }
    Network network = new Network(networkClass, asn.isEmpty() ? null : (Long) Long.parseLong(asn));
    @Nullable AddressRange range = AddressRange.parse(columns[0].strip(), network);
    return range != null
        ? range
        : "expected a prefix such as 192.0.2.0/24 or 2001:db8::/32, got \"" + cut(columns[0]) + '"';
  }

  private static String cut(String text) {
    return text.length() > 50 ? text.substring(0, 50) + "…" : text;
  }

  /// The network of an address.
  ///
  /// @param address 4 or 16 bytes; an IPv4-mapped one counts as IPv4
  public Network find(byte[] address) {
    if (address.length == 4 || IpAddress.isMapped(address)) {
      return v4.find(0, AddressRange.bigEndian(address, address.length - 4, 4));
    }
    return v6.find(AddressRange.bigEndian(address, 0, 8), AddressRange.bigEndian(address, 8, 8));
  }

  /// The number of prefixes.
  public int size() {
    return size;
  }
}
