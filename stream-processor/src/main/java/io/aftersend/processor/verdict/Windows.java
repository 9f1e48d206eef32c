package io.aftersend.processor.verdict;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A length of time for each mailbox provider.
///
/// @param usual for all that are not named
/// @param byProvider by the provider's name in lower case
record Windows(Duration usual, Map<String, Duration> byProvider) {
  Windows {
    Map<String, Duration> lowerCase = new HashMap<>();
    byProvider.forEach(
        (provider, length) -> lowerCase.put(provider.toLowerCase(Locale.ROOT), length));
    byProvider = Map.copyOf(lowerCase);
  }

  /// The length in milliseconds.
  ///
  /// @param mailboxProvider null where it is not known
  long lengthMs(@Nullable String mailboxProvider) {
    Duration length =
        mailboxProvider == null || byProvider.isEmpty()
            ? null
            : byProvider.get(mailboxProvider.toLowerCase(Locale.ROOT));
    return (length == null ? usual : length).toMillis();
  }
}
