package io.aftersend.processor.verdict;

import org.jspecify.annotations.Nullable;

/// From when and with which windows a message's hits are looked at.
///
/// @param timeMs when the message was delivered, else when it was sent, epoch milliseconds; null
///   where neither is known
/// @param mailboxProvider who runs the mailbox; null where that is not known
public record Anchor(@Nullable Long timeMs, @Nullable String mailboxProvider) {
  /// Nothing is known.
  public static final Anchor NONE = new Anchor(null, null);
}
