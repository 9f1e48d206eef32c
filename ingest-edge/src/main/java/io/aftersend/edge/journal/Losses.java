package io.aftersend.edge.journal;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How many records were lost, by reason. Immutable; as text it reads `reason=count,…`.
///
/// @param byReason only positive counts
public record Losses(Map<String, Long> byReason) {
  public static final Losses NONE = new Losses(Map.of());

  /// Records that the journal has no trace of: their bytes were damaged.
  public static final String DAMAGED = "damaged";

  /// Records of posted events that the disk refused: their sender was told so.
  public static final String NOT_DURABLE = "not_durable";

  public Losses {
    byReason = Collections.unmodifiableMap(new TreeMap<>(byReason));
  }

  /// So many of one reason.
  ///
  /// @param count 0 gives none
  public static Losses of(String reason, long count) {
    return count == 0 ? NONE : new Losses(Map.of(reason, count));
  }

  /// The number of all.
  public long total() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The number of one reason.
  public long of(String reason) {
    return byReason.getOrDefault(reason, 0L);
  }

  public Losses plus(Losses other) {
    if (other.byReason.isEmpty()) {
      return this;
    }
    Map<String, Long> sum = new TreeMap<>(byReason);
    other.byReason.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new Losses(sum);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    byReason.forEach(
        (reason, count) ->
            text.append(text.isEmpty() ? "" : ",").append(reason).append('=').append(count));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads what [#toBytes()] wrote; whatever is none of it is left out.
  static Losses ofBytes(byte[] bytes) {
    Map<String, Long> byReason = new TreeMap<>();
    for (String part : new String(bytes, StandardCharsets.US_ASCII).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0 && part.substring(equals + 1).matches("[1-9][0-9]{0,17}")) {
        byReason.put(part.substring(0, equals), Long.parseLong(part.substring(equals + 1)));
      }
    }
    return new Losses(byReason);
  }
}
