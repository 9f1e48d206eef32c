package io.aftersend.bench.pipeline;

import java.util.SplittableRandom;

/// What becomes of one mail, drawn from its number alone: 2.7 events on average, of which 71 % are
/// deliveries, 25 % opens (more than half of them machines') and 4 % clicks (more than half of them
/// a scanner's).
///
/// @param number counted from 0 over all runs
/// @param campaign number of its campaign
/// @param isBounced whether it was refused; then nothing else happens to it
/// @param prefetches opens by a mail service before anybody reads
/// @param proxyOpens opens by a person behind a mail service's proxy
/// @param personsOpens opens by a person's own program
/// @param personsClicks clicks by a person
/// @param scannersClicks clicks by a scanner that calls itself a browser, all within a second
record Mail(
    long number,
    int campaign,
    boolean isBounced,
    int prefetches,
    int proxyOpens,
    int personsOpens,
    int personsClicks,
    int scannersClicks) {
  /// A scanner looks at all links of a mail.
  static final int LINKS = 3;

  private static final long SEED = 0x5EED_0F_A11L;

  /// Draws a mail.
  ///
  /// @param campaigns how many there are
  /// @param hotPercent share of the mails that belong to campaign 0 whatever the others get; 0
  ///   gives all campaigns the same
  static Mail draw(long number, int campaigns, int hotPercent) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    boolean isHot = random.nextInt(100) < hotPercent;
    int campaign = isHot ? 0 : random.nextInt(campaigns);
    if (random.nextInt(100) < 2) {
      return new Mail(number, campaign, true, 0, 0, 0, 0, 0);
    }
    boolean isOpened = random.nextInt(100) < 15;
    return new Mail(
        number,
        campaign,
        false,
        random.nextInt(100) < 40 ? 1 : 0,
        random.nextInt(100) < 15 ? 1 : 0,
        isOpened ? 1 : 0,
        isOpened && random.nextInt(100) < 11 ? 1 : 0,
        random.nextInt(1000) < 8 ? LINKS : 0);
  }

  /// How many events it gives.
  int events() {
    return 2 + prefetches + proxyOpens + personsOpens + personsClicks + scannersClicks;
  }
}
