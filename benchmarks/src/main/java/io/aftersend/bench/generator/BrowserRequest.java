package io.aftersend.bench.generator;

/// What a browser sends for an image in a webmail page: about 500 bytes of headers.
public final class BrowserRequest {
  private static final String HEADERS =
      """
      Host: track.example.com\r
      Connection: keep-alive\r
      User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36\r
      sec-ch-ua: "Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"\r
      Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8\r
      Sec-Fetch-Site: cross-site\r
      Sec-Fetch-Mode: no-cors\r
      Sec-Fetch-Dest: image\r
      Referer: https://mail.example.com/\r
      Accept-Encoding: gzip, deflate, br, zstd\r
      Accept-Language: en-US,en;q=0.9\r
      \r
      """;

  private BrowserRequest() {}

  /// The whole request for a path.
  public static String of(String path) {
    return "GET " + path + " HTTP/1.1\r\n" + HEADERS;
  }
}
