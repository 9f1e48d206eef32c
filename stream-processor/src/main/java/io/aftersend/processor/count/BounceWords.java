package io.aftersend.processor.count;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What the words of a diagnostic say where its codes do not. Addresses, codes and line breaks are
/// left out before the words are looked at: a recipient may be called anything, and a phrase may go
/// over the lines of one reply.
///
/// The phrases are what Gmail, Microsoft, Yahoo, Apple, the national providers, and the mail
/// servers Postfix, Exim, Sendmail, qmail and Exchange answer with.
final class BounceWords {
  /// Longer diagnostics are cut: what matters stands at the beginning.
  private static final int MAX_LENGTH = 4_000;

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern CODE = Pattern.compile("\\(?#?[245](\\d\\d|\\.\\d{1,3}){1,3}\\)?");

  private static final List<String> FULL =
      List.of(
          "mailbox full",
          "mailbox is full",
          "mailbox has exceeded",
          "full mailbox",
          "over quota",
          "overquota",
          "over its quota",
          "quota exceeded",
          "exceeded its quota",
          "quota is exceeded",
          "exceeded storage",
          "storage limit",
          "out of storage",
          "not enough disk space",
          "insufficient system storage");

  private static final List<String> NOT_NOW =
      List.of(
          "receiving mail too quickly",
          "receiving mail at a rate",
          "too many messages",
          "too many connections",
          "rate limit",
          "try again later",
          "try later",
          "timed out",
          "connection refused");

  private static final List<String> ABOUT_THE_SENDER =
      List.of(
          "sender address",
          "sender domain",
          "sender verify",
          "sender rejected",
          "sender denied",
          "domain of sender",
          "return-path",
          "mail from");

  private static final List<String> NO_RECIPIENT =
      List.of(
          "user unknown",
          "unknown user",
          "no such user",
          "user not found",
          "user not known",
          "user does not exist",
          "user doesn't exist",
          "user is unknown",
          "this user doesn't have a",
          "no such recipient",
          "unknown recipient",
          "recipient unknown",
          "recipient not found",
          "recipient does not exist",
          "recipnotfound",
          "invalid recipient",
          "recipient address rejected: access denied",
          "no such mailbox",
          "no mailbox here",
          "unknown mailbox",
          "invalid mailbox",
          "mailbox not found",
          "mailbox does not exist",
          "mailbox unavailable",
          "mailbox is disabled",
          "mailbox disabled",
          "mailbox is inactive",
          "no such account",
          "no account by that name",
          "account does not exist",
          "account that you tried to reach does not exist",
          "account that you tried to reach is disabled",
          "account is disabled",
          "account has been disabled",
          "account disabled",
          "account is inactive",
          "inactive user",
          "no such address",
          "address unknown",
          "unknown address",
          "address does not exist",
          "address no longer",
          "not our customer",
          "no such person",
          "unrouteable address",
          "unroutable address",
          "unknown local part");

  private static final List<String> NO_DOMAIN =
      List.of(
          "nxdomain",
          "domain not found",
          "domain does not exist",
          "no such domain",
          "host not found",
          "host unknown",
          "unknown host");

  private static final List<String> REFUSED =
      List.of(
          "spam",
          "unsolicited",
          "blocked",
          "blacklist",
          "blocklist",
          "block list",
          "dnsbl",
          "reputation",
          "policy",
          "dmarc",
          "dkim",
          " spf",
          "unauthenticated",
          "not authorized",
          "relay access denied",
          "relaying denied",
          "relay not permitted",
          "reverse dns",
          "ptr record",
          "virus",
          "content",
          "message rejected",
          "mail refused");

  private final String text;

  private BounceWords(String text) {
    this.text = text;
  }

  static BounceWords of(String diagnostic) {
    String start = diagnostic.substring(0, Math.min(diagnostic.length(), MAX_LENGTH));
    StringBuilder words = new StringBuilder(start.length() + 1);
    for (String word : SPACE.split(start.toLowerCase(Locale.ROOT), -1)) {
      String rest = behindCode(word);
      if (rest.indexOf('@') < 0 && !CODE.matcher(rest).matches()) {
        words.append(' ').append(rest);
      }
    }
    return new BounceWords(words.toString());
  }

  /// Lines of one reply begin with its code and a hyphen.
  private static String behindCode(String word) {
    boolean isContinued =
        word.length() > 3 && word.charAt(3) == '-' && CODE.matcher(word.substring(0, 3)).matches();
    return isContinued ? word.substring(4) : word;
  }

  /// Whether the mailbox has no room, or it does not work just now.
  boolean sayFullOrNotNow() {
    return hasAny(FULL) || hasAny(NOT_NOW);
  }

  /// Whether it is the sender's address that is not liked.
  boolean areAboutTheSender() {
    return hasAny(ABOUT_THE_SENDER);
  }

  /// Whether the address is nobody's, or nobody's any more.
  boolean sayNoRecipient() {
    return hasAny(NO_RECIPIENT);
  }

  /// Whether the address's domain does not exist.
  boolean sayNoDomain() {
    return hasAny(NO_DOMAIN);
  }

  /// Whether the sender or the mail itself was refused.
  boolean sayRefused() {
    return hasAny(REFUSED);
  }

  private boolean hasAny(List<String> phrases) {
    for (String phrase : phrases) {
      if (text.contains(phrase)) {
        return true;
      }
    }
    return false;
  }
}
