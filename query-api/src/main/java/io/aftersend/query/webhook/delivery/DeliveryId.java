package io.aftersend.query.webhook.delivery;

import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The ids of deliveries, made of what is delivered alone, so that a repeat has the id of the
/// first.
final class DeliveryId {
  /// 128 bits: no two deliveries of one webhook will ever share them.
  private static final int BYTES = 16;

  private DeliveryId() {}

  /// The id of one judgement of one event.
  static String of(String webhook, JudgedEvent event) {
    return of(webhook, "event", EventKey.of(event), event.getEventId(), event.getRevision());
  }

  /// The id of a signal.
  static String of(String webhook, Signal signal) {
    return of(webhook, "signal", signal.getTenant(), signal.getSignalId(), 0);
  }

  private static String of(String webhook, String kind, String key, String id, long revision) {
    // A line feed stands in no id.
    String text = String.join("\n", webhook, kind, key, id, Long.toString(revision));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "msg_" + HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
