package io.aftersend.runtime.config;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A key of the configuration. All keys of all services are here, since one file serves all; a
/// constant's name is the key without [#PREFIX].
public enum ConfigKey {
  DATA_DIR(
      "data",
      "Directory of everything that this machine keeps: journal, Kafka, ClickHouse, Streams "
          + "state. A relative path counts from the working directory."),
  TENANTS_FILE(
      null,
      "File of tenants, hashed API keys and signing keys. Unset: tenants.json in the data "
          + "directory."),
  EDGE_HOST(
      "127.0.0.1",
      "Address that the edge's public port listens on. Loopback until an operator decides "
          + "otherwise."),
  EDGE_PORT("8080", "Public port of the edge, 0 to 65535; 0 takes any free one."),
  EDGE_EVENT_LOOPS(
      null, "Event loops of the edge, from 1. Unset: one per processor, since a loop never waits."),
  EDGE_ADMIN_PORT(
      "8081",
      "Port of the edge's health and metrics, 0 to 65535; 0 takes any free one. Never make "
          + "it public."),
  EDGE_ADMIN_HOST(
      "127.0.0.1",
      "Address of the edge's health and metrics. Loopback, since nobody signs in there."),
  EDGE_MAX_BODY(
      "5MiB",
      "Largest body of one POST, after inflation, in bytes. Larger ones are answered with "
          + "413."),
  EDGE_MAX_EVENTS("10000", "Most events of one POST. More are answered with 413."),
  EDGE_MAX_REQUEST_LINE(
      "16KiB",
      "Longest request line in bytes: well above the longest token. Longer ones are "
          + "answered with 414."),
  EDGE_MAX_HEADERS(
      "32KiB", "Largest sum of a request's headers in bytes. Larger ones are answered with 431."),
  EDGE_HEADER_TIMEOUT(
      "10s",
      "Longest time from a request's first byte to the end of its headers; then the "
          + "connection is closed. Bounds slow clients."),
  EDGE_IDLE_TIMEOUT(
      "60s", "Longest silence of a kept-alive connection between requests; then it is closed."),
  EDGE_BODY_TIMEOUT(
      "30s",
      "Longest time for a whole body to arrive; then the connection is closed. Generous for "
          + "5 MiB over a slow line."),
  EDGE_MAX_CONNECTIONS(
      "40000",
      "Most open connections of the edge. Bounds memory and file descriptors; further ones "
          + "are closed at once and counted."),
  EDGE_MAX_CONNECTIONS_PER_ADDRESS(
      "12000",
      "Most open connections of one client: an IPv4 address or an IPv6 /64. High, since a mobile "
          + "carrier puts thousands of people behind one; trusted proxies have no such limit."),
  EDGE_MAX_REQUESTS_PER_KEY(
      null,
      "Most requests a second of one API key; more are answered with 429. Unset: no limit, since "
          + "keys are given to known senders."),
  EDGE_TRUSTED_PROXIES(
      null,
      "Comma-separated prefixes or addresses of the proxies and load balancers in front of the "
          + "edge. Only they are believed when they name a client. Unset: nobody."),
  EDGE_PROXY_PROTOCOL(
      "off",
      "Whether trusted proxies begin each connection with a PROXY header, version 1 or 2: on or "
          + "off. When on, they must; others never may."),
  EDGE_FORWARDED(
      "off",
      "Header of a trusted proxy's requests that names the client: off, x-forwarded-for, or "
          + "forwarded (RFC 7239). One alone, since a proxy passes on forged ones of the other."),
  EDGE_TLS_PORT(
      null,
      "Public port for TLS beside the plain one, 0 to 65535; 0 takes any free one. Unset: no TLS."),
  EDGE_TLS_DIR(
      null,
      "Directory of certificates and keys in PEM, one pair for each tracking domain or group of "
          + "them; a change is read at once. Needed with a TLS port."),
  EDGE_DURABLE_TIMEOUT(
      "10s", "Longest wait until a posted batch is on the disk; then the answer is 503."),
  EDGE_JOURNAL_BUDGET(
      null,
      "Most disk space for events that wait for Kafka and those kept after it. Unset: 8 GiB, or "
          + "half of the free space where that is less."),
  EDGE_JOURNAL_RETENTION(
      "15m",
      "How long events stay on the disk after Kafka has acknowledged them, while the budget has "
          + "room: what a power cut takes from Kafka is sent again."),
  EDGE_FSYNC_INTERVAL(
      "50ms",
      "Time between two forced writes of the journal: what a power cut can cost. 0: no hit is "
          + "answered before its event is on the disk."),
  EDGE_FORWARDER(
      "on",
      "Whether events go on to Kafka (on) or stay in the journal (paused), for maintenance or a "
          + "benchmark."),
  EDGE_DRAIN_TIMEOUT(
      "10s",
      "Longest time at stop for open requests and unsent events. Leaves room inside the 30 "
          + "s of a whole stop."),
  EDGE_CLICK_SCHEMES(
      null,
      "Comma-separated schemes that click targets may have besides http, https, mailto and "
          + "tel. Unset: none."),
  PROCESSOR_ADMIN_HOST(
      "127.0.0.1",
      "Address of the processor's health and metrics. Loopback, since nobody signs in " + "there."),
  PROCESSOR_ADMIN_PORT(
      "8082", "Port of the processor's health and metrics, 0 to 65535; 0 takes any free one."),
  PROCESSOR_THREADS(
      null,
      "Kafka Streams threads, from 1; more than there are partitions stay idle. Unset: one "
          + "per processor."),
  PROCESSOR_REPEAT_HORIZON(
      "35d",
      "How long an event id is remembered, so that a repeat counts nothing. Longer than a "
          + "month, since providers and importers repeat that late."),
  PROCESSOR_IDS_PER_MESSAGE(
      "100000",
      "Most event ids of one message that are remembered within the repeat horizon; events "
          + "beyond are counted without a look for repeats. Far above what people do with one mail."),
  PROCESSOR_FACTS_KEPT(
      "400d",
      "How long the facts of a message are kept after its last event: as long as events may be "
          + "dated back. A hit on a message that is older counts in totals only."),
  PROCESSOR_HINDSIGHT(
      "4d",
      "How long hits are remembered to be judged again when later events expose a scanner: a "
          + "long week-end's disorder. State grows with it."),
  PROCESSOR_ATTRIBUTION_WINDOW(
      "7d",
      "How long before a conversion that names its recipient only the click may lie that it "
          + "belongs to. A week: people buy within days of a mail, if because of it."),
  PROCESSOR_COMMIT_INTERVAL(
      "500ms",
      "Time between the processor's transactions, within which the deltas of one campaign are "
          + "added up: shorter shows numbers sooner, longer costs less per event."),
  PROCESSOR_FLUSH_INTERVAL(
      "500ms", "Time for which what became of a lane's events is added up before it is told."),
  PROCESSOR_STORE_MEMORY(
      "192MiB",
      "Native memory of all stores together: blocks, write buffers (a third), indexes and "
          + "filters. More makes fewer reads of the disk."),
  PROCESSOR_STATE_DIR(
      null,
      "Directory of the Kafka Streams state, rebuilt from Kafka when lost. Unset: streams "
          + "in the data directory."),
  PROCESSOR_SESSION_TIMEOUT(
      "8s",
      "Silence after which Kafka gives a processor's partitions to others. Short, so that a "
          + "crash costs seconds; below 6 s a pause may look like one."),
  SIGNAL_MIN_DELIVERED(
      "1000",
      "Fewest delivered messages of a campaign whose complaint rate may raise a signal, from 1. "
          + "Below 1,000 one complaint alone is over the warning of 0.1 %."),
  SIGNAL_BOUNCE_LIMIT(
      "5%",
      "Bounce rate of a campaign that raises a signal, above 0% up to 100%. From 5 % on large "
          + "senders put an account under review."),
  SIGNAL_MIN_SENT(
      "100",
      "Fewest sent messages of a campaign whose bounce rate may raise a signal, from 1. Fewer make "
          + "no rate."),
  SINK(
      "on",
      "Whether results go on to ClickHouse (on) or stay in Kafka (paused), for maintenance or a "
          + "benchmark."),
  SINK_BATCH_ROWS(
      "50000",
      "Most rows of one insert into ClickHouse. Large inserts make few parts; memory grows "
          + "with them."),
  SINK_LINGER(
      "300ms",
      "Longest time for which numbers wait for a fuller insert. It is part of the time from "
          + "event to number."),
  SINK_EVENTS_LINGER(
      "2s",
      "Longest time for which events wait for a fuller insert. It is part of the time from an "
          + "event to its row."),
  API_HOST(
      "127.0.0.1",
      "Address that the API and the dashboard listen on. Loopback until an operator decides "
          + "otherwise."),
  API_PORT("8090", "Port of the API and the dashboard, 0 to 65535; 0 takes any free one."),
  API_QUERY_TIMEOUT(
      "20s",
      "Longest time that ClickHouse may spend on one request to the API; then the query is "
          + "cancelled."),
  API_MAX_BODY(
      "5MiB",
      "Largest body of a request to the API in bytes: HTML to instrument, links to sign. "
          + "Larger ones are answered with 413."),
  API_MAX_ROWS(
      "100000",
      "Most rows of one table given as CSV. Bounds memory; the cursor leads to the rest."),
  API_LIVE_READERS("1500", "Most readers of the live feed at once; more are refused with 503."),
  API_PUBLIC_URL(
      null,
      "Base URL of the dashboard as browsers reach it, where a proxy stands before the API. With "
          + "https, session cookies go over TLS only."),
  SESSION_LIFETIME(
      "12h",
      "How long a person stays signed in to the dashboard. Then the sign-in page comes again."),
  OIDC_ISSUER(
      null,
      "URL of an OpenID Connect provider whose people may sign in to the dashboard. Unset: API "
          + "keys only."),
  OIDC_CLIENT_ID(null, "Our id at that provider."),
  OIDC_CLIENT_SECRET(
      null, "Our secret at that provider. Unset: a public client, by PKCE alone.", true),
  OIDC_NAME("single sign-on", "What the sign-in page calls that provider."),
  OIDC_TENANT_CLAIM(
      "aftersend_tenant", "Claim of the ID token that says whose person it is: text or texts."),
  OIDC_TENANTS(
      null,
      "Comma-separated VALUE=TENANT: tenants by the claim's value. Unset: the value is the "
          + "tenant's id."),
  API_QUERY_MEMORY(
      "2GiB",
      "Most memory that ClickHouse may take for one query of the API; a query that needs more is "
          + "answered with 503."),
  API_MAX_REQUESTS_PER_KEY(
      "100",
      "Most requests a second of one API key to the API; more are answered with 429, so that one "
          + "client does not take the database from the others."),
  API_WEBHOOK_ALLOWED_NETWORKS(
      null,
      "Comma-separated prefixes or addresses that webhooks may be sent to although they are not "
          + "public, over plain http too. Unset: public addresses over https only."),
  HEATMAP_MIN_MESSAGES(
      "5",
      "Fewest messages that a heatmap's cell must rest on, from 1. A cell below it is masked, "
          + "so that chance does not look like a habit."),
  KAFKA_HOST(
      "127.0.0.1",
      "Address that the embedded Kafka listens on. Loopback, since it asks nobody to sign "
          + "in."),
  KAFKA_PORT("9092", "Port of the embedded Kafka, 0 to 65535; 0 takes any free one."),
  KAFKA_BOOTSTRAP(
      null,
      "Comma-separated host:port of an own Kafka. Unset: the embedded one with `up`; single "
          + "services need it."),
  KAFKA_CLIENT(
      null,
      "Beginning of the keys that hand a setting to every Kafka client: the rest is Kafka's own name "
          + "in capitals with _ for each dot, such as AFTERSEND_KAFKA_CLIENT_SECURITY_PROTOCOL.",
      true),
  KAFKA_PARTITIONS(
      "4",
      "Partitions of the topics that are made, from 1. More let more processors share; an "
          + "existing topic keeps its number."),
  TOPIC_PREFIX("", "Text before every topic's name, such as staging-. Empty: none."),
  CLICKHOUSE_HOST(
      "127.0.0.1",
      "Address that the embedded ClickHouse listens on; other than loopback only with a "
          + "password."),
  CLICKHOUSE_PORT(
      "8123", "HTTP port of the embedded ClickHouse, 0 to 65535; 0 takes any free one."),
  CLICKHOUSE_URL(
      null,
      "Base URL of an own ClickHouse server's HTTP interface. Unset: the embedded one with "
          + "`up`; single services need it."),
  CLICKHOUSE_USER("default", "User that our services sign in to ClickHouse as."),
  CLICKHOUSE_PASSWORD(
      null,
      "Password of that user; also the one that the embedded ClickHouse asks for. Unset: "
          + "none.",
      true),
  CLICKHOUSE_DATABASE(
      "aftersend", "Database of all our tables and views; made when it does not exist."),
  CLICKHOUSE_ALLOWED_HOSTS(
      null,
      "Comma-separated Host headers, beside loopback ones, that the embedded ClickHouse "
          + "answers. Keeps web pages from reaching it by a name of their own."),
  CLICKHOUSE_MAX_MEMORY(
      null,
      "Most memory of the embedded ClickHouse in bytes. Unset: a share of the machine's "
          + "memory."),
  ENGINE_DIR(
      null,
      "Directory of the embedded ClickHouse's engine, fetched there once. Unset: "
          + ".cache/aftersend/engine in the home directory."),
  PUBLIC_URL(
      null, "Base of tracked URLs, as recipients reach the edge. Unset: the edge's own address."),
  NETWORKS_FILE(
      null,
      "CSV of prefix, class, asn that names the networks of mail providers; a change is "
          + "read at once. Unset: a small built-in table."),
  RULES_FILE(
      null, "JSON of the rules that tell people from machines. Unset: the rules that we ship."),
  PLACES_FILE(
      null,
      "MMDB file that tells the places of addresses, or several, comma-separated; a change is read "
          + "without a restart. Unset: no hit has a place."),
  RETENTION_DAYS(
      "400",
      "Days for which events of a tenant without its own figure are kept, from 1: a year "
          + "and a month, so that a year can be compared with the one before."),
  TENANT(null, "Tenant that the command line tools work for. Unset: the one in up.json."),
  KEY(null, "API key that the command line tools present. Unset: the one in up.json.", true),
  EDGE_URL(null, "Edge that the command line tools talk to. Unset: the one in up.json."),
  API_URL(null, "API that the command line tools talk to. Unset: the one in up.json.");

  /// What every key begins with.
  public static final String PREFIX = "AFTERSEND_";

  private static final Map<String, ConfigKey> BY_KEY =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ConfigKey::key, Function.identity()));

  private final @Nullable String defaultValue;
  private final String description;
  private final boolean isSecret;

  ConfigKey(@Nullable String defaultValue, String description) {
    this(defaultValue, description, false);
  }

  ConfigKey(@Nullable String defaultValue, String description, boolean isSecret) {
    this.defaultValue = defaultValue;
    this.description = description;
    this.isSecret = isSecret;
  }

  /// The whole key, such as `AFTERSEND_EDGE_PORT`.
  public String key() {
    return PREFIX + name();
  }

  /// The value that holds when none is given, as one would write it; null: none.
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /// What the key means: unit, range, the reason of the default.
  public String description() {
    return description;
  }

  /// Whether the value must never be printed.
  public boolean isSecret() {
    return isSecret;
  }

  /// The constant of a whole key; null when there is none.
  public static @Nullable ConfigKey find(String key) {
    ConfigKey exact = BY_KEY.get(key);
    return exact == null && key.startsWith(KAFKA_CLIENT.key() + "_") ? KAFKA_CLIENT : exact;
  }
}
