package io.aftersend.edge.proxy;

/// The elements of a `Forwarded` line (RFC 7239): `name=value` pairs between semicolons, elements
/// between commas, values bare or quoted. The address is the value of `for`.
///
/// From the first byte that breaks the syntax to the line's end everything is one element without
/// an address, since a quote that was opened by a liar could make two parsers see two lists.
final class ParameterHops extends HopList {
  private byte[] line = {};
  private int at;
  private int end;
  private int valueStart;
  private int valueEnd;

  @Override
  void read(byte[] bytes, int start, int stop) {
    clear();
    line = bytes;
    at = start;
    end = stop;
    skipBlanks();
    while (at < end) {
      if (line[at] != ',' && !readElement()) {
        add(at, at);
        break;
      }
      // A comma, or the end.
      at++;
      skipBlanks();
    }
  }

  /// @return false when the syntax is broken
  private boolean readElement() {
    int forStart = 0;
    int forEnd = 0;
    boolean hasFor = false;
    while (true) {
      int nameStart = at;
      skipToken();
      int nameEnd = at;
      if (nameEnd == nameStart || at == end || line[at++] != '=' || !readValue()) {
        return false;
      }
      if (isFor(nameStart, nameEnd)) {
        if (hasFor) {
          return false;
        }
        hasFor = true;
        forStart = valueStart;
        forEnd = valueEnd;
      }
      skipBlanks();
      if (at == end || line[at] == ',') {
        add(forStart, forEnd);
        return true;
      }
      if (line[at++] != ';') {
        return false;
      }
      skipBlanks();
    }
  }

  private boolean readValue() {
    if (at < end && line[at] == '"') {
      return readQuoted();
    }
    valueStart = at;
    skipToken();
    valueEnd = at;
    return valueEnd > valueStart;
  }

  /// An address needs no backslash: with one, the value is taken for none.
  private boolean readQuoted() {
    int start = ++at;
    boolean isEscaped = false;
    while (at < end && line[at] != '"') {
      if (line[at] == '\\') {
        isEscaped = true;
        at++;
      }
      at++;
    }
    if (at >= end) {
      at = end;
      return false;
    }
    valueStart = start;
    valueEnd = isEscaped ? start : at;
    at++;
    return true;
  }

  private boolean isFor(int start, int stop) {
    return stop - start == 3
        && (line[start] | 0x20) == 'f'
        && (line[start + 1] | 0x20) == 'o'
        && (line[start + 2] | 0x20) == 'r';
  }

  private void skipBlanks() {
    while (at < end && isBlank(line[at])) {
      at++;
    }
  }

  /// Also over what is no token character but stands bare in the wild: `:`, `[` and `]`.
  private void skipToken() {
    while (at < end && isBare(line[at])) {
      at++;
    }
  }

  private static boolean isBare(byte c) {
    return c > ' ' && c != 0x7F && c != ',' && c != ';' && c != '=' && c != '"' && c != '\\';
  }
}
