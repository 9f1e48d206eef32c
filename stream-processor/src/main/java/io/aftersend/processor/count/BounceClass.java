package io.aftersend.processor.count;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The kind of a bounce: the address is bad for good (hard), the mail did not get through this time
/// (soft), or the receiver refused the sender (block).
///
/// Where the sender does not say it, it is read from the enhanced status code (RFC 3463 and the
/// registry of RFC 5248), else from the words of the diagnostic, else from the SMTP reply code. A
/// code within the diagnostic beats a code that says nothing (x.0.0), and words beat a code where
/// it leaves open whose fault it was. What is temporary is soft, whatever its reason. A bounce
/// without any of these is soft, since hard would be final.
public enum BounceClass {
  HARD(DeliveryState.HARD),
  SOFT(DeliveryState.SOFT),
  BLOCK(DeliveryState.BLOCK);

  private static final Pattern ENHANCED =
      Pattern.compile("(?<![\\d.])([45])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\.?\\d)");
  private static final Pattern REPLY = Pattern.compile("(?<![\\d.])([45]\\d\\d)(?=[\\s-]|$)");

  private static final int EXCEEDED_STORAGE = 552;

  /// In 5.4.310, whose words have the domain in the midst of the phrase.
  private static final int NO_DOMAIN_AT_MICROSOFT = 310;

  private final DeliveryState state;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  BounceClass(DeliveryState state) {
    this.state = state;
  }

  DeliveryState state() {
    return state;
  }

  /// The name in lower case, as it stands in records.
  public String wireName() {
    return wireName;
  }

  /// The class of a bounce, from what its event says.
  static BounceClass of(
      @Nullable String stated,
      @Nullable String enhancedCode,
      @Nullable Integer smtpCode,
      @Nullable String diagnostic) {
    for (BounceClass bounceClass : values()) {
      if (bounceClass.wireName.equals(stated)) {
        return bounceClass;
      }
    }
    String text = diagnostic == null ? "" : diagnostic;
    BounceWords words = BounceWords.of(text);
    BounceClass byCode = byEnhanced(enhancedCode == null ? "" : enhancedCode, words);
    if (byCode == null) {
      byCode = byEnhanced(text, words);
    }
    if (byCode != null) {
      return byCode;
    }
    boolean isPermanent = enhancedCode != null && enhancedCode.startsWith("5.");
    return byWordsAndReply(words, smtpCode == null ? replyIn(text, isPermanent) : smtpCode);
  }

  private static @Nullable BounceClass byEnhanced(String text, BounceWords words) {
    Matcher code = ENHANCED.matcher(text);
    while (code.find()) {
      int subject = Integer.parseInt(code.group(2));
      int detail = Integer.parseInt(code.group(3));
      boolean isPermanent = code.group(1).equals("5");
      BounceClass bounceClass = isPermanent ? permanent(subject, detail, words) : SOFT;
      if (bounceClass != null && !(subject == 0 && detail == 0)) {
        return bounceClass;
      }
    }
    return null;
  }

  private static @Nullable BounceClass permanent(int subject, int detail, BounceWords words) {
    return switch (subject) {
      case 1 -> ofAddress(detail, words);
      case 2 -> ofMailbox(detail, words);
      case 3, 5 -> ofSystem(words);
      case 4 -> ofRoute(detail, words);
      case 6 -> BLOCK;
      // RFC 7293: the mailbox or the domain has another owner now.
      case 7 -> detail == 17 || detail == 18 ? HARD : BLOCK;
      default -> null;
    };
  }

  private static BounceClass ofAddress(int detail, BounceWords words) {
    if (words.sayFullOrNotNow()) {
      return SOFT;
    }
    // 7 and 8 speak of the sender's address, not of the recipient's; 9 of a mail system.
    return switch (detail) {
      case 7, 8 -> BLOCK;
      case 9 -> SOFT;
      case 0 -> words.sayRefused() || words.areAboutTheSender() ? BLOCK : HARD;
      default -> words.areAboutTheSender() ? BLOCK : HARD;
    };
  }

  private static BounceClass ofMailbox(int detail, BounceWords words) {
    if (words.sayFullOrNotNow()) {
      return SOFT;
    }
    return detail == 1 || (detail == 0 && words.sayNoRecipient()) ? HARD : SOFT;
  }

  private static BounceClass ofSystem(BounceWords words) {
    if (words.sayFullOrNotNow()) {
      return SOFT;
    }
    if (words.sayNoRecipient()) {
      return HARD;
    }
    return words.sayRefused() ? BLOCK : SOFT;
  }

  private static BounceClass ofRoute(int detail, BounceWords words) {
    return detail == NO_DOMAIN_AT_MICROSOFT || words.sayNoDomain() || words.sayNoRecipient()
        ? HARD
        : SOFT;
  }

  private static BounceClass byWordsAndReply(BounceWords words, int reply) {
    boolean isTemporary = reply >= 400 && reply < 500;
    if (isTemporary || words.sayFullOrNotNow()) {
      return SOFT;
    }
    if (words.areAboutTheSender()) {
      return BLOCK;
    }
    boolean isPermanent = reply >= 500 && reply < 600;
    if (words.sayNoRecipient() || (isPermanent && words.sayNoDomain())) {
      return HARD;
    }
    if (words.sayRefused()) {
      return BLOCK;
    }
    return isPermanent && reply != EXCEEDED_STORAGE ? HARD : SOFT;
  }

  private static int replyIn(String text, boolean isPermanent) {
    Matcher reply = REPLY.matcher(text);
    if (reply.find()) {
      return Integer.parseInt(reply.group(1));
    }
    return isPermanent ? 500 : 0;
  }
}
