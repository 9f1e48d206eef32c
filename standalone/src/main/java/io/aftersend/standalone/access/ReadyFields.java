package io.aftersend.standalone.access;

import org.jspecify.annotations.Nullable;

/// What `up` tells in its READY line and keeps in `up.json` while it runs.
///
/// @param edge base URL of the public endpoints
/// @param admin base URL of the edge's health and metrics
/// @param api base URL of the API and the dashboard
/// @param clickhouse base URL of ClickHouse's HTTP interface
/// @param kafka `host:port`
/// @param tenant whose key it is
/// @param key an API key with all scopes
/// @param processor base URL of the processor's health and metrics
/// @param tls base URL of the edge's public endpoints within TLS; null when it serves none
public record ReadyFields(
    String edge,
    String admin,
    String api,
    String clickhouse,
    String kafka,
    String tenant,
    String key,
    String processor,
    @Nullable String tls) {

  /// The line for scripts; it holds the key.
  public String line() {
    return "READY edge=%s admin=%s api=%s clickhouse=%s kafka=%s tenant=%s key=%s processor=%s"
            .formatted(edge, admin, api, clickhouse, kafka, tenant, key, processor)
        + (tls == null ? "" : " tls=" + tls);
  }

  @Override
  public String toString() {
    return "ReadyFields[edge=" + edge + ", api=" + api + ", tenant=" + tenant + ", key=***]";
  }
}
