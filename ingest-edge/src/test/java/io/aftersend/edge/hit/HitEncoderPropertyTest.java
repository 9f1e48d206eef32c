package io.aftersend.edge.hit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.TestTenants;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.PixelPosition;
import io.aftersend.links.TrackingMode;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.topic.AvroSerde;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever token and request come, the record is what the schema's generated class makes of an
/// event that is put together here, field by field, from what the token and the request were made
/// of.
class HitEncoderPropertyTest {
  private static final int HITS = 20_000;
  private static final AvroSerde<EmailEvent> SERDE = AvroSerde.of(EmailEvent.class);
  private static final NetworkTable NETWORKS =
      NetworkTable.parse(
          List.of(
              "203.0.113.0/24,hosting,64500",
              "10.0.0.0/8,microsoft,",
              "2001:db8::/32,google,4294967295"));

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Client(byte[] address, String ip, String networkClass, @Nullable Long asn) {}

  private static final List<Client> CLIENTS =
      List.of(
          new Client(bytes(203, 0, 113, 255), "203.0.113.0", "hosting", 64500L),
          new Client(bytes(10, 99, 7, 1), "10.99.7.0", "microsoft", null),
          new Client(bytes(0, 0, 0, 9), "0.0.0.0", "other", null),
          new Client(
              bytes(0x20, 1, 0xD, 0xB8, 0xAB, 0xC, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
              "2001:db8:ab0c::",
              "google",
              4294967295L),
          new Client(
              bytes(0x2A, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9), "2a00::", "other", null),
          new Client(bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), "::", "other", null),
          new Client(
              bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 203, 0, 113, 9),
              "203.0.113.0",
              "hosting",
              64500L));

  /// A header's value, and what becomes of it.
  private record Sent(@Nullable String value, @Nullable String meaning) {}

  private static final List<Sent> HOSTS =
      List.of(
          new Sent("a", "a"),
          new Sent("Links.Example:8080", "links.example"),
          new Sent("[2001:DB8::1]:443", "[2001:db8::1]"),
          new Sent("[::1", null),
          new Sent("h%C3%A9", null),
          new Sent("", null),
          new Sent("x".repeat(255), "x".repeat(255)),
          new Sent("x".repeat(256), null));

  private static final List<Sent> REFERERS =
      List.of(
          new Sent(null, null),
          new Sent("", null),
          new Sent("https://user:secret@Mail.Example:443/in?x=@b#c", "mail.example"),
          new Sent("android-app://com.google.android.gm/", "com.google.android.gm"),
          new Sent("mail.example/inbox", null),
          new Sent("http://", null),
          new Sent("http://[::1]/", "[::1]"),
          new Sent("http://a\\b/", "a"),
          new Sent("https://News.example?x=/", "news.example"),
          new Sent("https://news.example#@other.example/", "news.example"),
          new Sent("https://news.example", "news.example"),
          new Sent("http://a b/", null));

  private static final List<Sent> USER_AGENTS =
      List.of(
          new Sent(null, null),
          new Sent("", ""),
          new Sent("Mozilla/5.0 (X11)", "Mozilla/5.0 (X11)"),
          new Sent("a\tb\u00e9\u00ff~c", "a?b??~c"),
          new Sent("Mail\t123 45678\u0080 ~~~~~~~\t", "Mail?123 45678? ~~~~~~~"),
          new Sent("\u00a0\tMail/16.0 (iPhone; OS 19)", "??Mail/16.0 (iPhone; OS 19)"),
          new Sent("z".repeat(3_000), "z".repeat(1_024)));

  private static final List<Sent> PREFETCHES =
      List.of(
          new Sent(null, null),
          new Sent("Sec-Purpose: prefetch;prerender", "yes"),
          new Sent("purpose: Prefetch", "yes"),
          new Sent("X-Moz: prefetch", "yes"),
          new Sent("X-Purpose: preview", "yes"),
          new Sent("X-Moz: livebookmarks", null));

  private record Query(
      String text,
      @Nullable String goal,
      @Nullable String value,
      @Nullable String currency,
      @Nullable String order) {}

  private static final List<Query> QUERIES =
      List.of(
          new Query("", null, null, null, null),
          new Query("?", null, null, null, null),
          new Query(
              "?goal=%D8%B3+x&value=-19.5&currency=EUR&order=o-1",
              "س x", "-19.500000", "EUR", "o-1"),
          new Query("?value=999999999999.999999&goal=", null, "999999999999.999999", null, null),
          new Query("?value=1&value=2&currency=eur&order=a%20b", null, "1.000000", null, null));

  private final TestTenants tenants = new TestTenants(7);
  private final KeptRecords lane = new KeptRecords("0123456789abcdef", 300);

  @Test
  void encodesWhatTheGeneratedClassWould() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<HotPath> edges = CLIENTS.stream().map(this::edge).toList();
    for (int i = 0; i < HITS; i++) {
      int client = random.nextInt(CLIENTS.size());
      check(edges.get(client), CLIENTS.get(client), random, "seed " + seed + ", hit " + i);
    }
  }

  private long nowMs;

  private HotPath edge(Client client) {
    return new HotPath(
        tenants, NETWORKS, () -> Instant.ofEpochMilli(nowMs), client.address(), lane);
  }

  private void check(HotPath edge, Client client, SplittableRandom random, String which) {
    Endpoint endpoint = pick(random, List.of(Endpoint.values()));
    LinkClaims claims = claims(random, endpoint);
    String method = random.nextInt(4) == 0 ? "HEAD" : "GET";
    Sent host = pick(random, HOSTS);
    Sent referer = pick(random, REFERERS);
    Sent agent = pick(random, USER_AGENTS);
    Sent prefetch = pick(random, PREFETCHES);
    Query query = pick(random, QUERIES);
    long sequence = random.nextLong(1L << random.nextInt(1, 63)) + 1;
    nowMs = random.nextLong(-100_000_000_000L, 4_000_000_000_000L);
    lane.skipTo(sequence);
    edge.load(
        method
            + " /"
            + endpoint.letter()
            + "/"
            + tenants.token(endpoint, claims)
            + query.text()
            + " HTTP/1.1\r\nHost: "
            + host.value()
            + "\r\n"
            + (referer.value() == null ? "" : "Referer:" + referer.value() + "\r\n")
            + (agent.value() == null ? "" : "user-agent: " + agent.value() + " \r\n")
            + (prefetch.value() == null ? "" : prefetch.value() + "\r\n")
            + "\r\n");
    assertThat(edge.answer()).as(which).isEqualTo(1);
    assertThat(edge.answered()).as(which).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 4");
    if (claims.trackingMode() == TrackingMode.NONE) {
      assertThat(lane.nextSequence()).as(which).isEqualTo(sequence);
      return;
    }
    EmailEvent expected = ofHit(endpoint, claims, sequence, method);
    setRequest(expected, host, referer, agent, prefetch, client);
    if (endpoint == Endpoint.CONVERSION) {
      expected.setGoal(query.goal());
      expected.setValue(query.value() == null ? null : new BigDecimal(query.value()));
      expected.setCurrency(query.currency());
      expected.setOrder(query.order());
    }
    if (claims.trackingMode() == TrackingMode.AGGREGATE) {
      forgetPerson(expected);
    }
    assertThat(SERDE.decode(lane.value())).as(which).isEqualTo(expected);
    assertThat(lane.value()).as(which).isEqualTo(SERDE.encode(expected));
    assertThat(lane.key()).as(which).isEqualTo(EventKey.of(expected));
    assertThat(lane.timestampMs()).as(which).isEqualTo(expected.getIngestTime().toEpochMilli());
    assertThat(lane.nextSequence()).as(which).isEqualTo(sequence + 1);
  }

  private EmailEvent ofHit(Endpoint endpoint, LinkClaims claims, long sequence, String method) {
    EmailEvent event = new EmailEvent();
    event.setEventId("0123456789abcdef-300-" + sequence);
    event.setJournal("0123456789abcdef");
    event.setLane(300);
    event.setSequence(sequence);
    event.setEventTime(Instant.ofEpochMilli(nowMs));
    event.setIngestTime(Instant.ofEpochMilli(nowMs));
    event.setTenant("acme");
    event.setCampaign(claims.campaign());
    event.setMessage(claims.message());
    event.setRecipient(claims.recipient());
    event.setAccount(claims.account());
    event.setLink(claims.link());
    event.setList(claims.list());
    event.setVariant(claims.variant());
    event.setLabels(List.of());
    event.setTest(claims.isTest());
    event.setTrackedLinks(claims.trackedLinks());
    event.setTrackingMode(claims.trackingMode().wireName());
    Long issuedAtSeconds = claims.issuedAtSeconds();
    event.setIssuedAt(issuedAtSeconds == null ? null : Instant.ofEpochSecond(issuedAtSeconds));
    event.setMethod(method);
    switch (endpoint) {
      case OPEN -> {
        of("opened", "pixel", event);
        PixelPosition position = claims.position();
        event.setPosition(position == null ? null : position.wireName());
      }
      case CLICK -> of("clicked", "redirect", event).setUrl(claims.targetUrl());
      case ATTACHMENT -> of("attachment_opened", "redirect", event).setFileName(claims.fileName());
      case FORWARD -> of("forwarded", "redirect", event).setChannel(claims.channel());
      case UNSUBSCRIBE -> of("unsubscribe_viewed", "unsubscribe", event);
      case PAGE_VIEW -> of("page_viewed", "pixel", event).setUrl(claims.targetUrl());
      case CONVERSION -> of("converted", "pixel", event);
    }
    return event;
  }

  private static EmailEvent of(String type, String source, EmailEvent event) {
    event.setType(type);
    event.setSource(source);
    return event;
  }

  private static void setRequest(
      EmailEvent event, Sent host, Sent referer, Sent agent, Sent prefetch, Client client) {
    event.setHost(host.meaning());
    event.setReferer(referer.meaning());
    event.setUserAgent(agent.meaning());
    event.setPrefetch(prefetch.meaning() != null);
    event.setIp(client.ip());
    event.setNetworkClass(client.networkClass());
    event.setAsn(client.asn());
  }

  private static void forgetPerson(EmailEvent event) {
    event.setRecipient(null);
    event.setAccount(null);
    event.setReferer(null);
    event.setUserAgent(null);
    event.setIp(null);
    event.setAsn(null);
    event.setEventTime(event.getEventTime().truncatedTo(ChronoUnit.HOURS));
    event.setIngestTime(event.getIngestTime().truncatedTo(ChronoUnit.HOURS));
    if (event.getIssuedAt() != null) {
      event.setIssuedAt(event.getIssuedAt().truncatedTo(ChronoUnit.HOURS));
    }
  }

  private static LinkClaims claims(SplittableRandom random, Endpoint endpoint) {
    boolean needsTarget = endpoint.isRedirect();
    return LinkClaims.forTenant("acme")
        .campaign(maybe(random, "c-1"))
        .message(maybe(random, "m" + "1".repeat(random.nextInt(64))))
        .recipient(maybe(random, "r~1"))
        .list(maybe(random, "l.1"))
        .link(maybe(random, "button"))
        .targetUrl(
            needsTarget || random.nextBoolean()
                ? "https://shop.example/" + "x".repeat(random.nextInt(300))
                : null)
        .trackingMode(pick(random, List.of(TrackingMode.values())))
        .variant(maybe(random, "A"))
        .position(random.nextBoolean() ? pick(random, List.of(PixelPosition.values())) : null)
        .account(maybe(random, "firm"))
        .test(random.nextBoolean())
        .trackedLinks(random.nextBoolean() ? (Integer) random.nextInt(65_536) : null)
        .issuedAtSeconds(random.nextBoolean() ? (Long) random.nextLong(1L << 40) : null)
        .fileName(maybe(random, "сводка 日本 😀".repeat(random.nextInt(1, 12))))
        .channel(maybe(random, "web"))
        .build();
  }

  private static @Nullable String maybe(SplittableRandom random, String value) {
    return random.nextBoolean() ? value : null;
  }

  private static <T> T pick(SplittableRandom random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
