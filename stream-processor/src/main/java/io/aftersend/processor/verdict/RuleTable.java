package io.aftersend.processor.verdict;

import static io.aftersend.processor.verdict.Verdict.BOT;
import static io.aftersend.processor.verdict.Verdict.HUMAN;
import static io.aftersend.processor.verdict.Verdict.PREFETCH;
import static io.aftersend.processor.verdict.Verdict.PREVIEW;
import static io.aftersend.processor.verdict.Verdict.PROXY;
import static io.aftersend.processor.verdict.Verdict.SCANNER;

import io.aftersend.processor.verdict.Evidence.AgentHolds;
import io.aftersend.processor.verdict.Evidence.AgentIs;
import io.aftersend.processor.verdict.Evidence.AgentProduct;
import io.aftersend.processor.verdict.Evidence.AutoReply;
import io.aftersend.processor.verdict.Evidence.Method;
import io.aftersend.processor.verdict.Evidence.Network;
import io.aftersend.processor.verdict.Evidence.OfType;
import io.aftersend.processor.verdict.Evidence.PrefetchHeader;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The ordered rules by which an event is judged on its own evidence. The first that applies
/// decides.
///
/// The order matters: mail proxies and prefetchers come before programs in general, since lists of
/// programs name Gmail's and Yahoo's proxies too.
public final class RuleTable {
  /// Grows with every change of the rules; stands in every judged event.
  public static final int VERSION = 1;

  /// What a machine could have made. All other events are somebody's report.
  private static final Set<EventType> JUDGED =
      EnumSet.of(
          EventType.OPENED,
          EventType.READ,
          EventType.CLICKED,
          EventType.ATTACHMENT_OPENED,
          EventType.FORWARDED,
          EventType.PAGE_VIEWED,
          EventType.CONVERTED,
          EventType.UNSUBSCRIBE_VIEWED);

  private static final Evidence PIXEL = OfType.of(EventType.OPENED, EventType.READ);

  /// What Apple's Mail Privacy Protection sends, in full. People's Safari clicks come from the same
  /// addresses, so the agent is required and only pixels are judged by it.
  private static final Evidence APPLE_PRIVACY_AGENT = new AgentIs("Mozilla/5.0");

  private static final Evidence GMAIL_PREFETCH_AGENT =
      new AgentIs(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
              + "Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0");

  private static final Evidence OUTLOOK_PREVIEW_AGENT =
      new AgentIs("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; Trident/6.0)");

  private static final List<Rule> RULES =
      List.of(
          Rule.of(SCANNER, 0.95, "head_request", new Method("HEAD")),
          Rule.of(PREFETCH, 0.95, "prefetch_header", new PrefetchHeader()),
          Rule.of(
                  PREFETCH,
                  0.95,
                  "apple_mpp",
                  PIXEL,
                  APPLE_PRIVACY_AGENT,
                  new Network("apple_egress"))
              .because("apple_egress"),
          Rule.of(PREFETCH, 0.8, "apple_mpp", PIXEL, APPLE_PRIVACY_AGENT),
          Rule.of(PREFETCH, 0.95, "gmail_prefetch", GMAIL_PREFETCH_AGENT, new Network("google")),
          Rule.of(PREFETCH, 0.7, "prefetch_unknown", GMAIL_PREFETCH_AGENT),
          holding(PROXY, 0.9, "gmail_proxy", "GoogleImageProxy"),
          holding(PROXY, 0.9, "gmail_proxy", "ggpht.com"),
          holding(PROXY, 0.9, "yahoo_proxy", "YahooMailProxy"),
          holding(PROXY, 0.9, "outlook_proxy", "OutlookImageProxy"),
          holding(PROXY, 0.9, "fastmail_proxy", "FastmailUA"),
          holding(PREVIEW, 0.95, "slack_preview", "Slack-ImgProxy"),
          holding(PREVIEW, 0.95, "slack_preview", "Slackbot-LinkExpanding"),
          holding(PREVIEW, 0.95, "skype_preview", "SkypeUriPreview"),
          holding(PREVIEW, 0.95, "bing_preview", "BingPreview"),
          holding(PREVIEW, 0.95, "yahoo_preview", "Yahoo Link Preview"),
          holding(PREVIEW, 0.95, "facebook_preview", "facebookexternalhit"),
          product(PREVIEW, 0.9, "whatsapp_preview", "WhatsApp"),
          product(PREVIEW, 0.9, "telegram_preview", "TelegramBot"),
          holding(PREVIEW, 0.95, "discord_preview", "Discordbot"),
          Rule.of(PREVIEW, 0.9, "outlook_preview", OUTLOOK_PREVIEW_AGENT, new Network("microsoft")),
          Rule.of(PREVIEW, 0.7, "outlook_preview", OUTLOOK_PREVIEW_AGENT),
          Rule.of(SCANNER, 0.8, "safe_links", AgentHolds.all("MSIE 8.0", "Trident/4.0")),
          holding(SCANNER, 0.95, "barracuda", "Barracuda Sentinel (EE)"),
          holding(SCANNER, 0.95, "barracuda", "BarracudaCentral"),
          holding(SCANNER, 0.9, "scmguard", "SCMGUARD"),
          holding(SCANNER, 0.9, "exchange", "Microsoft Exchange/15.20"),
          holding(SCANNER, 0.8, "office_connectors", "Office 365 Connectors"),
          product(SCANNER, 0.8, "cloudfront", "Amazon CloudFront"),
          holding(BOT, 0.9, "link_checker", "W3C-checklink"),
          holding(BOT, 0.9, "headless_browser", "HeadlessChrome"),
          product(BOT, 0.85, "http_library", "AHC/2.1"),
          product(BOT, 0.85, "http_library", "python-requests/"),
          product(BOT, 0.85, "http_library", "aiohttp"),
          product(BOT, 0.85, "http_library", "lua-resty-http/"),
          product(BOT, 0.85, "http_library", "okhttp/"),
          product(BOT, 0.85, "http_library", "Java/"),
          product(BOT, 0.85, "http_library", "Apache-HttpClient/"),
          product(BOT, 0.85, "http_library", "Go-http-client/"));

  /// Mail that a machine wrote, though a person's mailbox reported it.
  private static final Rule AUTO_REPLY =
      Rule.of(
          BOT,
          0.95,
          "auto_reply",
          OfType.of(EventType.REPLIED, EventType.RECEIVED),
          new AutoReply());

  private static final Judgement NO_SIGNAL = new Judgement(HUMAN, List.of("no_signal"), 0.3);
  private static final Judgement REPORTED = new Judgement(HUMAN, List.of("reported"), 1);

  private RuleTable() {}

  /// The first judgement of an event, from nothing but the event. Pure.
  public static Judgement judge(EventType type, EmailEvent event) {
    if (!JUDGED.contains(type)) {
      return AUTO_REPLY.appliesTo(type, event) ? AUTO_REPLY.judgement() : REPORTED;
    }
    for (Rule rule : RULES) {
      if (rule.appliesTo(type, event)) {
        return rule.judgement();
      }
    }
    return NO_SIGNAL;
  }

  private static Rule holding(Verdict verdict, double confidence, String reason, String text) {
    return Rule.of(verdict, confidence, reason, AgentHolds.all(text));
  }

  private static Rule product(Verdict verdict, double confidence, String reason, String name) {
    return Rule.of(verdict, confidence, reason, new AgentProduct(name));
  }
}
