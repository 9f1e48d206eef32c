package io.aftersend.bench.pipeline;

/// The mails of one run.
///
/// @param name of the run, which begins all its ids
/// @param first number of its first mail
/// @param mails how many there are
/// @param campaigns how many campaigns share them
/// @param hotPercent share of one campaign; 0: all have the same
record Batch(String name, long first, long mails, int campaigns, int hotPercent) {
  /// The mail of a number within the batch.
  Mail mail(long index) {
    return Mail.draw(first + index, campaigns, hotPercent);
  }

  /// What every campaign must come to.
  Expected expected(MailEvents events) {
    Expected expected = new Expected();
    for (long index = 0; index < mails; index++) {
      Mail mail = mail(index);
      expected.add(events.campaign(mail.campaign()), mail);
    }
    return expected;
  }
}
