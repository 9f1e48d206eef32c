package io.aftersend.query.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The strong validator of an answer (RFC 9110, section 8.8.3), by which a client that asks again
/// is spared what it has.
final class EntityTag {
  private static final int TAG_BYTES = 16;

  private EntityTag() {}

  /// The answer with its tag, or 304 without a body where `If-None-Match` names that tag. A client
  /// may keep it, and asks each time whether it still holds.
  ///
  /// @param answer to a GET or HEAD, of status 200
  static Answer answer(ApiRequest request, Answer answer) {
    String tag = of(answer);
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("ETag", tag);
    headers.put("Cache-Control", "private, no-cache");
    return names(request.header("if-none-match"), tag)
        ? new Answer(304, answer.contentType(), new byte[0], headers)
        : new Answer(answer.status(), answer.contentType(), answer.body(), headers);
  }

  private static boolean names(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String element : ifNoneMatch.split(",", -1)) {
      String named = element.strip();
      if (named.equals("*") || named.equals(tag) || named.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  private static String of(Answer answer) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(answer.body());
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
