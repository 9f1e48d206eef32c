package io.aftersend.query.clickhouse;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where the database is and who signs in.
///
/// @param url base of the server's HTTP interface
/// @param password null: none
public record ClickHouseAddress(URI url, String user, @Nullable String password, String database) {
  @Override
  public String toString() {
    return url + "/" + database + " as " + user;
  }
}
