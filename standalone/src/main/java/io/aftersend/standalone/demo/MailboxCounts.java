package io.aftersend.standalone.demo;

/// Mails of one mailbox.
///
/// @param received from people and machines
/// @param automatic of those, the ones that a machine wrote
/// @param answered of those from people, the ones that the team answered
record MailboxCounts(long received, long automatic, long sent, long answered) {
  static final MailboxCounts NONE = new MailboxCounts(0, 0, 0, 0);

  MailboxCounts plus(MailboxCounts other) {
    return new MailboxCounts(
        received + other.received,
        automatic + other.automatic,
        sent + other.sent,
        answered + other.answered);
  }
}
