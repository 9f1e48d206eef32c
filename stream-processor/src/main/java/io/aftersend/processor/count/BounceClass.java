package io.aftersend.processor.count;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The kind of a bounce: the address is bad for good (hard), the mail did not get through this time
/// (soft), or the receiver refused the sender (block).
///
/// Where the sender does not say it, it is read from the enhanced status code of RFC 3463, else
/// from the words of the diagnostic, else from the SMTP reply code. A code within the diagnostic
/// beats a code that says nothing (x.0.0). A bounce without any of these is soft, since hard would
/// be final.
public enum BounceClass {
  HARD(DeliveryState.HARD),
  SOFT(DeliveryState.SOFT),
  BLOCK(DeliveryState.BLOCK);

  private static final Pattern ENHANCED =
      Pattern.compile("(?<![\\d.])([45])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");
  private static final Pattern REPLY = Pattern.compile("(?<![\\d.])([45]\\d\\d)(?=[\\s-]|$)");

  private static final List<String> WORDS_OF_SOFT =
      List.of(
          "mailbox full", "mailbox is full", "over quota", "quota exceeded", "exceeded storage");
  private static final List<String> WORDS_OF_BLOCK =
      List.of(
          "spam",
          "blocked",
          "blacklist",
          "blocklist",
          "block list",
          "reputation",
          "policy",
          "dmarc");
  private static final List<String> WORDS_OF_NO_DOMAIN =
      List.of("nxdomain", "domain not found", "host not found", "no such domain");

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
    String words = diagnostic == null ? "" : diagnostic.toLowerCase(Locale.ROOT);
    BounceClass byCode = byEnhanced(enhancedCode == null ? "" : enhancedCode, words);
    if (byCode == null) {
      byCode = byEnhanced(words, words);
    }
    if (byCode != null) {
      return byCode;
    }
    boolean isPermanent = enhancedCode != null && enhancedCode.startsWith("5.");
    return byWordsAndReply(words, smtpCode == null ? replyIn(words, isPermanent) : smtpCode);
  }

  private static @Nullable BounceClass byEnhanced(String text, String words) {
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

  private static @Nullable BounceClass permanent(int subject, int detail, String words) {
    return switch (subject) {
      // 7 and 8 speak of the sender's address, not of the recipient's.
      case 1 -> detail == 7 || detail == 8 ? BLOCK : HARD;
      case 2 -> detail == 1 ? HARD : SOFT;
      case 3, 5 -> SOFT;
      case 4 -> detail == 4 && hasAny(words, WORDS_OF_NO_DOMAIN) ? HARD : SOFT;
      case 6, 7 -> BLOCK;
      default -> null;
    };
  }

  private static BounceClass byWordsAndReply(String words, int reply) {
    if (hasAny(words, WORDS_OF_SOFT)) {
      return SOFT;
    }
    if (hasAny(words, WORDS_OF_BLOCK)) {
      return BLOCK;
    }
    // 552 is "exceeded storage allocation".
    return reply >= 500 && reply < 600 && reply != 552 ? HARD : SOFT;
  }

  private static int replyIn(String words, boolean isPermanent) {
    Matcher reply = REPLY.matcher(words);
    if (reply.find()) {
      return Integer.parseInt(reply.group(1));
    }
    return isPermanent ? 500 : 0;
  }

  private static boolean hasAny(String words, List<String> wanted) {
    return wanted.stream().anyMatch(words::contains);
  }
}
