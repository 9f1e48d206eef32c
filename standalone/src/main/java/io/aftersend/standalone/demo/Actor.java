package io.aftersend.standalone.demo;

/// Who causes an event of the demo. The demo knows by construction who is a person; it does not ask
/// the rules that it checks.
enum Actor {
  /// The sender's own systems: reports of sends, deliveries, bounces.
  SENDER(false, false),
  /// A recipient at a mail client or browser of their own.
  PERSON(true, false),
  /// A recipient whose image comes through the proxy of Gmail or Yahoo.
  MAIL_PROXY(true, false),
  /// Apple's mail privacy protection: the pixel is fetched whether or not anybody looks.
  APPLE_PREFETCH(false, true),
  /// Gmail, when it fetches images ahead of an open.
  GMAIL_PREFETCH(false, true),
  /// A browser that loads a page ahead of a click, and says so in a header.
  BROWSER_PREFETCH(false, true),
  /// A security gateway that asks with HEAD.
  SCANNER_HEAD(false, false),
  /// A security gateway that asks with GET and gives itself away by its user agent.
  SCANNER_AGENT(false, false);

  private final boolean isPerson;
  private final boolean isPrefetch;

  Actor(boolean isPerson, boolean isPrefetch) {
    this.isPerson = isPerson;
    this.isPrefetch = isPrefetch;
  }

  /// Whether a person is behind it, so that it counts as human.
  boolean isPerson() {
    return isPerson;
  }

  /// Whether it proves nothing about a reader, neither a person nor a scanner.
  boolean isPrefetch() {
    return isPrefetch;
  }
}
