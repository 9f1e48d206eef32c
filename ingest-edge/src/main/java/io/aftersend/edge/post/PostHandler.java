package io.aftersend.edge.post;

import io.aftersend.edge.http.Answer;
import io.aftersend.edge.http.Exchange;
import io.aftersend.edge.http.Header;
import io.aftersend.edge.http.Method;
import io.aftersend.edge.http.RequestHead;
import io.aftersend.edge.metrics.EdgeMetrics.PostOutcome;
import io.aftersend.edge.post.BatchReader.Format;
import io.aftersend.runtime.limit.KeyRate;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.Scope;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers `POST /v1/events`: checks the key and the kind of body on the event loop, and leaves the
/// body to the workers. Safe for all event loops.
public final class PostHandler {
  private static final String BEARER = "bearer ";
  private static final Map<String, String> CHALLENGE =
      Map.of("WWW-Authenticate", "Bearer realm=\"aftersend\"");

  private static final Answer ONLY_POST =
      Problems.of(405, "expected POST", Map.of("Allow", "POST"));
  private static final Answer NO_KEY =
      Problems.of(401, "expected Authorization: Bearer KEY, got none", CHALLENGE);
  private static final Answer WRONG_KEY =
      Problems.of(401, "expected a key of this edge, got another or a revoked one", CHALLENGE);
  private static final Answer NO_SCOPE =
      Problems.of(403, "expected a key with the scope ingest, got one without");
  private static final Answer TOO_MANY =
      Problems.of(
          429,
          "expected no more requests with this key for now: it has used up its share",
          Map.of("Retry-After", "1"));
  private static final Answer WRONG_TYPE =
      Problems.of(
          415,
          "expected Content-Type application/json or application/x-ndjson, in UTF-8",
          Map.of("Accept-Post", "application/json, application/x-ndjson"));
  private static final Answer WRONG_ENCODING =
      Problems.of(415, "expected Content-Encoding gzip or none", Map.of("Accept-Encoding", "gzip"));

  private final PostParts parts;
  private final @Nullable KeyRate rate;
  private final BatchReader reader;

  public PostHandler(PostParts parts) {
    this(parts, null);
  }

  /// @param rate how often each key may post; null: as often as it likes
  public PostHandler(PostParts parts, @Nullable KeyRate rate) {
    this.parts = parts;
    this.rate = rate;
    this.reader = new BatchReader(parts.limits().maxBodyBytes(), parts.limits().maxEvents());
  }

  /// Answers a request for `/v1/events`.
  public void onRequest(RequestHead head, Exchange exchange) {
    if (head.method() != Method.POST) {
      exchange.answer(ONLY_POST);
      return;
    }
    String presented = bearer(head);
    ApiKey key = presented == null ? null : parts.tenants().get().apiKey(presented);
    Format format = format(head);
    if (key == null) {
      refuse(exchange, presented == null ? NO_KEY : WRONG_KEY);
    } else if (!key.allows(Scope.INGEST)) {
      refuse(exchange, NO_SCOPE);
    } else if (rate != null && !rate.tryTake(key.id())) {
      parts.metrics().post(PostOutcome.LIMITED);
      exchange.answer(TOO_MANY);
    } else if (format == null) {
      refuse(exchange, isKnownEncoding(head) ? WRONG_TYPE : WRONG_ENCODING);
    } else {
      exchange.readBody(
          parts.limits().maxBodyBytes(),
          new PostBody(parts, reader, format, key.tenant(), exchange));
    }
  }

  private void refuse(Exchange exchange, Answer answer) {
    parts.metrics().post(PostOutcome.REFUSED);
    exchange.answer(answer);
  }

  /// A key that is given twice is as good as none.
  private static @Nullable String bearer(RequestHead head) {
    String value = head.text(Header.AUTHORIZATION);
    boolean isBearer =
        value != null
            && head.occurrences(Header.AUTHORIZATION) == 1
            && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return value != null && isBearer ? value.substring(BEARER.length()).strip() : null;
  }

  private static @Nullable Format format(RequestHead head) {
    String type = head.text(Header.CONTENT_TYPE);
    if (type == null || head.occurrences(Header.CONTENT_TYPE) != 1 || !isKnownEncoding(head)) {
      return null;
    }
    String[] parameters = type.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parameters.length; i++) {
      String parameter = parameters[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return null;
      }
    }
    boolean isGzip = encoding(head).endsWith("gzip");
    return switch (parameters[0].strip()) {
      case "application/json" -> new Format(false, isGzip);
      case "application/x-ndjson" -> new Format(true, isGzip);
      default -> null;
    };
  }

  private static boolean isKnownEncoding(RequestHead head) {
    String encoding = encoding(head);
    return head.occurrences(Header.CONTENT_ENCODING) < 2
        && (encoding.isEmpty()
            || encoding.equals("identity")
            || encoding.equals("gzip")
            || encoding.equals("x-gzip"));
  }

  private static String encoding(RequestHead head) {
    String encoding = head.text(Header.CONTENT_ENCODING);
    return encoding == null ? "" : encoding.toLowerCase(Locale.ROOT);
  }
}
