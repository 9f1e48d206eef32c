package io.aftersend.links;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The builder of whole tracked URLs under one base URL. Safe to share between threads. Every
/// method that signs throws [RefusedLinkException] as [TokenSigner#sign] does.
public final class TrackedLinks {
  /// A tracked URL with more characters than this is signed with a warning, because some mail
  /// clients and gateways cut longer ones.
  public static final int MAX_SAFE_CHARACTERS = 2_000;

  private final String baseUrl;
  private final TokenSigner signer;

  /// @param baseUrl where the endpoints live, such as `https://links.example.com`; a path is
  ///   allowed, a query or fragment is not, a slash at the end is ignored
  /// @throws IllegalArgumentException if the base is not an `http` or `https` URL of that form
  public TrackedLinks(String baseUrl, TokenSigner signer) {
    this.baseUrl = withoutSlashes(baseUrl);
    this.signer = signer;
  }

  /// The tracked URL for one endpoint: `BASE/{letter}/{token}`, for a pixel of an open with `.gif`.
  public TrackedUrl sign(Endpoint endpoint, LinkClaims claims) {
    String extension = endpoint == Endpoint.OPEN ? ".gif" : "";
    String url =
        baseUrl + '/' + endpoint.letter() + '/' + signer.sign(endpoint, claims) + extension;
    return new TrackedUrl(url, lengthWarnings(endpoint, claims, url.length()));
  }

  /// The tracked URL of a click whose target carries a signed conversion reference: the token of
  /// the same message and link at `/x`, as the value of a query parameter, before any fragment. A
  /// target that is not `http` or `https` has no place for it and is signed as it is, with a
  /// warning.
  ///
  /// @param conversionParameter the parameter's name, 1 to 64 of `A-Z a-z 0-9 . _ ~ -`
  public TrackedUrl signClick(LinkClaims claims, String conversionParameter) {
    requireParameterName(conversionParameter);
    String targetUrl = claims.targetUrl();
    if (targetUrl == null) {
      return sign(Endpoint.CLICK, claims);
    }
    if (!TargetUrls.isWeb(targetUrl)) {
      TrackedUrl plain = sign(Endpoint.CLICK, claims);
      List<String> warnings = new ArrayList<>(plain.warnings());
      warnings.add(
          label(Endpoint.CLICK, claims) + ": only http and https carry a conversion reference");
      return new TrackedUrl(plain.url(), warnings);
    }
    String reference = signer.sign(Endpoint.CONVERSION, conversionOf(claims));
    String target = TargetUrls.withQueryParameter(targetUrl, conversionParameter, reference);
    return sign(Endpoint.CLICK, claims.toBuilder().targetUrl(target).build());
  }

  /// All tracked URLs of one message. Where the claims give no number of tracked links, it is the
  /// number of targets.
  ///
  /// @param message what all the URLs have in common: at least the tenant; a link or target in it
  ///   is not looked at
  /// @param targets the links in the order of the mail
  /// @param conversionParameter as in [#signClick], or null for clicks without a reference
  public MessageLinks forMessage(
      LinkClaims message, List<MessageLinks.Target> targets, @Nullable String conversionParameter) {
    Integer given = message.trackedLinks();
    LinkClaims common =
        message.toBuilder()
            .link(null)
            .targetUrl(null)
            .trackedLinks(given == null ? (Integer) targets.size() : given)
            .build();
    List<String> warnings = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (PixelPosition position : PixelPosition.values()) {
      LinkClaims claims = common.toBuilder().position(position).build();
      open.add(collect(sign(Endpoint.OPEN, claims), warnings));
    }
    List<MessageLinks.Click> clicks = new ArrayList<>();
    for (MessageLinks.Target target : targets) {
      LinkClaims claims = common.toBuilder().link(target.link()).targetUrl(target.url()).build();
      TrackedUrl tracked =
          conversionParameter == null
              ? sign(Endpoint.CLICK, claims)
              : signClick(claims, conversionParameter);
      String url = collect(tracked, warnings);
      clicks.add(new MessageLinks.Click(target.link(), target.url(), url));
    }
    String unsubscribe = collect(sign(Endpoint.UNSUBSCRIBE, common), warnings);
    String conversion = collect(sign(Endpoint.CONVERSION, conversionOf(common)), warnings);
    return new MessageLinks(open, clicks, unsubscribe, conversion, warnings);
  }

  private static String collect(TrackedUrl tracked, List<String> warnings) {
    warnings.addAll(tracked.warnings());
    return tracked.url();
  }

  /// What a conversion needs to be credited; the rest would only lengthen the target.
  private static LinkClaims conversionOf(LinkClaims claims) {
    return claims.toBuilder()
        .targetUrl(null)
        .position(null)
        .trackedLinks(null)
        .fileName(null)
        .channel(null)
        .build();
  }

  private static List<String> lengthWarnings(Endpoint endpoint, LinkClaims claims, int length) {
    if (length <= MAX_SAFE_CHARACTERS) {
      return List.of();
    }
    return List.of(
        label(endpoint, claims)
            + ": the tracked URL has "
            + length
            + " characters; some mail clients cut URLs over "
            + MAX_SAFE_CHARACTERS);
  }

  private static String label(Endpoint endpoint, LinkClaims claims) {
    return claims.link() == null ? "/" + endpoint.letter() : "link " + claims.link();
  }

  private static void requireParameterName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (!FieldKind.ID.accepts(bytes, 0, bytes.length)) {
      throw new RefusedLinkException(
          "conversion_param",
          "expected " + FieldKind.ID.expected() + ", got " + RefusedLinkException.quote(name));
    }
  }

  private static String withoutSlashes(String baseUrl) {
    if (!TargetUrls.isWeb(baseUrl)
        || !TargetUrls.standard().encode(baseUrl).equals(baseUrl)
        || baseUrl.indexOf('?') >= 0
        || baseUrl.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "base URL: expected http or https in visible ASCII, without query and fragment, got "
              + RefusedLinkException.quote(baseUrl));
    }
    int end = baseUrl.length();
    while (baseUrl.charAt(end - 1) == '/') {
      end--;
    }
    return baseUrl.substring(0, end);
  }
}
