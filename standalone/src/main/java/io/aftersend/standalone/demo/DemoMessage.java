package io.aftersend.standalone.demo;

import java.time.Instant;
import java.time.ZoneId;

/// One mail of the demo to one recipient.
///
/// @param index its place in the campaign, from 0
/// @param zone the recipient's time zone
/// @param sentAt when it was sent, whole milliseconds
record DemoMessage(
    int index,
    String id,
    String recipient,
    String account,
    ZoneId zone,
    String variant,
    Mailbox mailbox,
    Instant sentAt) {

  /// Who runs the recipient's mailbox, which decides how a read shows.
  enum Mailbox {
    GMAIL("gmail"),
    ICLOUD("icloud"),
    YAHOO("yahoo"),
    COMPANY("microsoft");

    private final String provider;

    Mailbox(String provider) {
      this.provider = provider;
    }

    /// The value of `mailbox_provider`.
    String provider() {
      return provider;
    }
  }
}
