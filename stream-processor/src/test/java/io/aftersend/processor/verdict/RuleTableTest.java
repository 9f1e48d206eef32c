package io.aftersend.processor.verdict;

import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleTableTest {
  private static final RuleTable RULES = RuleFile.builtIn();

  private static final String GMAIL_PREFETCH =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)|proxy|gmail_proxy
          Mozilla/5.0 (via ggpht.com)|proxy|gmail_proxy
          YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html|proxy|yahoo_proxy
          Mozilla/5.0 OutlookImageProxy|proxy|outlook_proxy
          FastmailUA/1.0|proxy|fastmail_proxy
          Slack-ImgProxy (+https://api.slack.com/robots)|preview|slack_preview
          Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)|preview|slack_preview
          Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5|preview|skype_preview
          Mozilla/5.0 (compatible) BingPreview/1.0b|preview|bing_preview
          Mozilla/5.0 (compatible; Yahoo Link Preview)|preview|yahoo_preview
          facebookexternalhit/1.1|preview|facebook_preview
          WhatsApp/2.23.20.0 A|preview|whatsapp_preview
          TelegramBot (like TwitterBot)|preview|telegram_preview
          Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)|preview|discord_preview
          Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; Trident/6.0)|preview|outlook_preview
          Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)|human|no_signal
          Shortwave Image Fetcher|proxy|shortwave_proxy
          LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)|preview|link_preview
          curl/8.5.0|bot|other_http_library
          Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)|bot|declared_name
          cloudcastbot|bot|declared_name
          FeedBucket/1.0 (+http://www.feedbucket.com)|bot|declared_address
          Mozilla/5.0 (Linux; Android 6.0; CUBOT MAX) AppleWebKit/537.36|human|no_signal
          Mozilla/5.0 (Linux; Android 6.0; robotics) AppleWebKit/537.36|human|no_signal
          Mozilla/4.0 (compatible; MSIE 7.0; EmbeddedWB from: http://www.bsalsa.com/)|human|no_signal
          Barracuda Sentinel (EE)|scanner|barracuda
          BarracudaCentral|scanner|barracuda
          SCMGUARD|scanner|scmguard
          Microsoft Exchange/15.20 (Server)|scanner|exchange
          Office 365 Connectors|scanner|office_connectors
          Amazon CloudFront|scanner|cloudfront
          W3C-checklink/4.81|bot|link_checker
          Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0|bot|headless_browser
          AHC/2.1|bot|http_library
          python-requests/2.31.0|bot|http_library
          Python/3.11 aiohttp/3.8.4|bot|http_library
          lua-resty-http/0.17 (Lua) ngx_lua/10026|bot|http_library
          okhttp/4.9.0|bot|http_library
          Java/17.0.1|bot|http_library
          Apache-HttpClient/4.5.14 (Java/17.0.1)|bot|http_library
          Go-http-client/2.0|bot|http_library
          Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15|human|no_signal
          Thunderbird/115|human|no_signal
          Java-http-client/25|human|no_signal
          """)
  void knowsClientsByTheirAgent(String agent, String verdict, String reason) {
    for (EventType type : EnumSet.of(OPENED, CLICKED)) {
      Judgement judgement = judge(type, agent, null);
      assertThat(judgement.verdict().wireName()).as("%s", type).isEqualTo(verdict);
      assertThat(judgement.reasons()).as("%s", type).containsExactly(reason);
    }
  }

  @Test
  void takesTheBareAgentForApplesPrefetchOnPixelsAlone() {
    for (EventType pixel : EnumSet.of(OPENED, READ)) {
      assertThat(judge(pixel, "Mozilla/5.0", null).verdict()).isEqualTo(Verdict.PREFETCH);
    }
    assertThat(judge(CLICKED, "Mozilla/5.0", null).verdict()).isEqualTo(Verdict.HUMAN);
    assertThat(judge(CLICKED, "Mozilla/5.0", "apple_egress").verdict()).isEqualTo(Verdict.HUMAN);
    assertThat(judge(OPENED, "Mozilla/5.0 ", null).verdict()).isEqualTo(Verdict.HUMAN);
  }

  @Test
  void takesInternetExplorer8ForAScannerFromMicrosoftsNetworkAlone() {
    String agent = "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)";
    assertThat(judge(CLICKED, agent, "microsoft").reasons()).containsExactly("safe_links");
    assertThat(judge(CLICKED, agent, "other").verdict()).isEqualTo(Verdict.HUMAN);
  }

  @Test
  void isSurerOfApplesPrefetchFromItsEgress() {
    Judgement inside = judge(OPENED, "Mozilla/5.0", "apple_egress");
    Judgement outside = judge(OPENED, "Mozilla/5.0", "other");
    assertThat(inside.reasons()).containsExactly("apple_mpp", "apple_egress");
    assertThat(outside.reasons()).containsExactly("apple_mpp");
    assertThat(inside.confidence()).isGreaterThan(outside.confidence());
  }

  @Test
  void namesGmailsPrefetchFromGooglesNetworkAlone() {
    assertThat(judge(OPENED, GMAIL_PREFETCH, "google").reasons()).containsExactly("gmail_prefetch");
    Judgement elsewhere = judge(OPENED, GMAIL_PREFETCH, "microsoft");
    assertThat(elsewhere.verdict()).isEqualTo(Verdict.PREFETCH);
    assertThat(elsewhere.reasons()).containsExactly("prefetch_unknown");
  }

  @Test
  void takesHeadAndPrefetchHeadersBeforeTheAgent() {
    EmailEvent head = hit("GoogleImageProxy", null);
    head.setMethod("HEAD");
    assertThat(RULES.judge(OPENED, head).verdict()).isEqualTo(Verdict.SCANNER);
    assertThat(RULES.judge(OPENED, head).reasons()).containsExactly("head_request");
    EmailEvent prefetch = hit("Mozilla/5.0 (X11)", null);
    prefetch.setPrefetch(true);
    assertThat(RULES.judge(CLICKED, prefetch).verdict()).isEqualTo(Verdict.PREFETCH);
    assertThat(RULES.judge(CLICKED, prefetch).reasons()).containsExactly("prefetch_header");
  }

  @Test
  void holdsAnEventWithoutAnySignForHumanWithLowConfidence() {
    Judgement judgement = judge(OPENED, null, null);
    assertThat(judgement.verdict()).isEqualTo(Verdict.HUMAN);
    assertThat(judgement.reasons()).containsExactly("no_signal");
    assertThat(judgement.confidence()).isLessThan(0.5);
  }

  @Test
  void judgesOnlyWhatAMachineCouldHaveMade() {
    Set<EventType> judged =
        EnumSet.of(
            OPENED,
            READ,
            CLICKED,
            EventType.ATTACHMENT_OPENED,
            EventType.FORWARDED,
            EventType.PAGE_VIEWED,
            EventType.CONVERTED,
            EventType.UNSUBSCRIBE_VIEWED);
    for (EventType type : EventType.values()) {
      Verdict expected = judged.contains(type) ? Verdict.BOT : Verdict.HUMAN;
      Judgement judgement = judge(type, "python-requests/2.31.0", null);
      assertThat(judgement.verdict()).as("%s", type).isEqualTo(expected);
      if (expected == Verdict.HUMAN) {
        assertThat(judgement.reasons()).containsExactly("reported");
      }
    }
  }

  @Test
  void takesAnAutomaticReplyForAMachines() {
    EmailEvent reply = hit(null, null);
    reply.setAutoReply(true);
    Judgement judgement = RULES.judge(EventType.REPLIED, reply);
    assertThat(judgement.verdict()).isEqualTo(Verdict.BOT);
    assertThat(judgement.reasons()).containsExactly("auto_reply");
  }

  private static Judgement judge(
      EventType type, @Nullable String agent, @Nullable String networkClass) {
    return RULES.judge(type, hit(agent, networkClass));
  }

  private static EmailEvent hit(@Nullable String agent, @Nullable String networkClass) {
    EmailEvent hit = new EmailEvent();
    hit.setUserAgent(agent);
    hit.setNetworkClass(networkClass);
    return hit;
  }
}
