package io.aftersend.standalone.health;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/// Asks a URL and ends with 0 when the answer is 200, else with 1. It needs nothing but the JDK, so
/// that it starts quickly: a container asks every few seconds.
public final class HealthCheck {
  private static final int TIMEOUT_MS = 3_000;

  private HealthCheck() {}

  /// Asks once.
  ///
  /// @param args the URL
  public static void main(String[] args) {
    System.exit(args.length == 1 && isReady(args[0]) ? 0 : 1);
  }

  private static boolean isReady(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      System.out.println(url + ": " + e.getMessage());
      return false;
    }
  }
}
