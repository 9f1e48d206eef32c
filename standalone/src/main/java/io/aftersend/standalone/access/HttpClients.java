package io.aftersend.standalone.access;

import java.net.http.HttpClient;
import java.time.Duration;

/// How the tools' HTTP clients are made: HTTP/1.1, no redirects followed, and no request made again
/// behind our back. By itself the JDK's client repeats a GET whose connection broke, and a hit that
/// was recorded would be recorded twice.
public final class HttpClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private HttpClients() {}

  /// A new client. The JDK reads the switches for repeats once, before its first request.
  public static HttpClient newClient() {
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();
  }
}
