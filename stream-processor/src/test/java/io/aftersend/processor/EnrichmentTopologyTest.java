package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.NOON;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.REPLIED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.processor.enrich.MmdbFile;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The production topology: what a hit's agent and address add to its event.
final class EnrichmentTopologyTest {
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/131.0.0.0 Safari/537.36";
  private static final String GMAIL_PROXY =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

  private static final String TEHRAN = "5.22.3.0";
  private static final String SYDNEY = "2001:db8:61::";

  private TopologyFixture topology;

  @BeforeEach
  void start(@TempDir Path directory) {
    Path places =
        MmdbFile.v6()
            .add("5.22.0.0/17", place("IR", "23", "Tehran", "Asia/Tehran"))
            .add("2001:db8:61::/48", place("AU", "NSW", "Sydney", "Australia/Sydney"))
            .writeTo(directory.resolve("places.mmdb"));
    topology = new TopologyFixture(directory.resolve("state"), List.of(places));
  }

  private static Map<String, ?> place(String country, String region, String city, String zone) {
    return Map.of(
        "country", Map.of("iso_code", country),
        "subdivisions", List.of(Map.of("iso_code", region)),
        "city", Map.of("names", Map.of("en", city)),
        "location", Map.of("time_zone", zone));
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private JudgedEvent judged(EventBuilder event) {
    topology.pipe(event);
    return topology.settle().lastJudged();
  }

  private static EventBuilder hit(
      EventType type, String id, @Nullable String agent, @Nullable String ip) {
    return event(type, id, "m1")
        .with(
            hit -> {
              hit.setUserAgent(agent);
              hit.setIp(ip);
            });
  }

  @Test
  void aPersonsClickTellsClientDeviceAndPlace() {
    JudgedEvent click = judged(hit(CLICKED, "c1", CHROME, TEHRAN));
    assertThat(click.getVerdict()).isEqualTo("human");
    assertThat(click.getClient()).isEqualTo("Chrome");
    assertThat(click.getOs()).isEqualTo("Windows");
    assertThat(click.getDevice()).isEqualTo("desktop");
    assertThat(click.getCountry()).isEqualTo("IR");
    assertThat(click.getRegion()).isEqualTo("IR-23");
    assertThat(click.getCity()).isEqualTo("Tehran");
    assertThat(click.getRecipientTimeZone()).isEqualTo("Asia/Tehran");
    assertThat(topology.counter("aftersend_processor_agents_total", "result", "miss")).isEqualTo(1);
    assertThat(topology.counter("aftersend_processor_places_total", "result", "found"))
        .isEqualTo(1);
  }

  @Test
  void anAgentThatCameBeforeIsReadFromTheCache() {
    topology.pipe(
        hit(CLICKED, "c1", CHROME, TEHRAN),
        hit(CLICKED, "c2", CHROME, TEHRAN),
        hit(CLICKED, "c3", CHROME + " X/1", TEHRAN));
    topology.settle();
    assertThat(topology.counter("aftersend_processor_agents_total", "result", "hit")).isEqualTo(1);
    assertThat(topology.counter("aftersend_processor_agents_total", "result", "miss")).isEqualTo(2);
  }

  @Test
  void anOpenInABrowserIsWebmail() {
    JudgedEvent open = judged(hit(OPENED, "o1", CHROME, SYDNEY));
    assertThat(open.getClient()).isEqualTo("Chrome");
    assertThat(open.getDevice()).isEqualTo("webmail");
    assertThat(open.getCity()).isEqualTo("Sydney");
    JudgedEvent named =
        judged(hit(OPENED, "o2", CHROME, SYDNEY).with(hit -> hit.setReferer("outlook.live.com")));
    assertThat(named.getClient()).isEqualTo("Outlook.com");
    assertThat(named.getOs()).isEqualTo("Windows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)|proxy|Gmail
          YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html|proxy|Yahoo Mail
          Mozilla/5.0 OutlookImageProxy|proxy|Outlook.com
          FastmailUA/1.0|proxy|Fastmail
          Mozilla/5.0|prefetch|Apple Mail
          Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)|preview|
          python-requests/2.31.0|bot|
          BarracudaCentral|scanner|
          """)
  void aMachinesHitTellsItsServiceAtMost(String agent, String verdict, @Nullable String client) {
    JudgedEvent open = judged(hit(OPENED, "o1", agent, TEHRAN));
    assertThat(open.getVerdict()).isEqualTo(verdict);
    assertThat(open.getClient()).isEqualTo(client);
    assertThat(open.getOs()).isNull();
    assertThat(open.getDevice()).isEqualTo("unknown");
    assertThat(open.getCountry()).isNull();
    assertThat(open.getRegion()).isNull();
    assertThat(open.getCity()).isNull();
    assertThat(open.getRecipientTimeZone()).isNull();
    assertThat(topology.counter("aftersend_processor_agents_total", "result", "miss")).isZero();
  }

  @Test
  void aHitThatTurnsOutToBeAMachinesLosesMachineAndPlace() {
    Instant fetched = NOON.plusSeconds(20);
    JudgedEvent first = judged(hit(CLICKED, "c1", CHROME, TEHRAN).link("l1").at(fetched));
    assertThat(first.getCountry()).isEqualTo("IR");
    topology.pipe(
        hit(CLICKED, "c2", CHROME, TEHRAN).link("l2").at(fetched.plusSeconds(1)),
        hit(CLICKED, "c3", CHROME, TEHRAN).link("l3").at(fetched.plusSeconds(2)));
    assertThat(topology.settle().latest(first.getTenant()).values())
        .hasSize(3)
        .allSatisfy(
            hit -> {
              assertThat(hit.getVerdict()).isEqualTo("scanner");
              assertThat(hit.getClient()).isNull();
              assertThat(hit.getDevice()).isEqualTo("unknown");
              assertThat(hit.getCountry()).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({"google", "yahoo", "microsoft", "hosting"})
  void aDataCentreIsNoPersonsPlace(String network) {
    JudgedEvent click =
        judged(hit(CLICKED, "c1", CHROME, TEHRAN).with(hit -> hit.setNetworkClass(network)));
    assertThat(click.getVerdict()).isEqualTo("human");
    assertThat(click.getClient()).isEqualTo("Chrome");
    assertThat(click.getCountry()).isNull();
    assertThat(click.getRecipientTimeZone()).isNull();
  }

  @Test
  void aReportTellsNobodysMachine() {
    JudgedEvent reply = judged(hit(REPLIED, "r1", CHROME, TEHRAN));
    assertThat(reply.getClient()).isNull();
    assertThat(reply.getDevice()).isNull();
    assertThat(reply.getCountry()).isNull();
  }

  @Test
  void aHitWithoutAgentAndAddressIsOfAnUnknownDevice() {
    JudgedEvent open = judged(hit(OPENED, "o1", null, null));
    assertThat(open.getClient()).isNull();
    assertThat(open.getDevice()).isEqualTo("unknown");
    assertThat(open.getCountry()).isNull();
  }

  @Test
  void theSendersWordOnTheZoneGoesFirst() {
    topology.pipe(
        event(SENT, "s1", "m1").at(-60).zone("Europe/Berlin"), hit(OPENED, "o1", CHROME, TEHRAN));
    assertThat(topology.settle().buckets())
        .isNotEmpty()
        .allMatch(bucket -> bucket.contains("|Europe/Berlin|"));
  }

  @Test
  void theZoneOfAPersonsPlaceStandsWhereTheSenderNamedNone() {
    topology.pipe(
        event(SENT, "s1", "m1").at(-60),
        hit(OPENED, "o1", GMAIL_PROXY, SYDNEY),
        hit(CLICKED, "c1", CHROME, TEHRAN).at(1));
    assertThat(topology.settle().buckets())
        .contains("sent|event|own|Asia/Tehran|-60 1/1/1", "opened|event|own|Asia/Tehran|0 1/1/1")
        .allMatch(bucket -> bucket.contains("|Asia/Tehran|"));
  }

  @Test
  void theSendersWordStandsAlsoWhenItComesLast() {
    topology.pipe(
        hit(CLICKED, "c1", CHROME, TEHRAN).at(1),
        event(SENT, "s1", "m1").at(-60).zone("Europe/Berlin"));
    assertThat(topology.settle().buckets())
        .isNotEmpty()
        .allMatch(bucket -> bucket.contains("|Europe/Berlin|"));
  }

  @Test
  void aHitThatNamesItsZoneKeepsIt() {
    assertThat(judged(hit(CLICKED, "c1", CHROME, TEHRAN).zone("Asia/Baku")).getRecipientTimeZone())
        .isEqualTo("Asia/Baku");
  }
}
