package io.aftersend.links;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Generated claims.
final class Claims {
  private static final String ID_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-";

  private Claims() {}

  static LinkClaims generate(Random random) {
    return LinkClaims.forTenant(Keys.TENANT)
        .campaign(maybeId(random))
        .message(maybeId(random))
        .recipient(maybeId(random))
        .list(maybeId(random))
        .link(maybeId(random))
        .targetUrl(Urls.encode(Urls.generate(random)))
        .trackingMode(oneOf(random, TrackingMode.values()))
        .variant(maybeId(random))
        .position(random.nextBoolean() ? null : oneOf(random, PixelPosition.values()))
        .account(maybeId(random))
        .test(random.nextBoolean())
        .trackedLinks(random.nextBoolean() ? null : random.nextInt(1 << random.nextInt(17)))
        .issuedAtSeconds(
            random.nextBoolean() ? null : random.nextLong() >>> (24 + random.nextInt(40)))
        .fileName(random.nextBoolean() ? null : fileName(random))
        .channel(maybeId(random))
        .build();
  }

  static List<LinkClaims> deletions(LinkClaims claims) {
    return Stream.of(
            claims.toBuilder().campaign(null),
            claims.toBuilder().message(null),
            claims.toBuilder().recipient(null),
            claims.toBuilder().list(null),
            claims.toBuilder().link(null),
            claims.toBuilder().targetUrl("tel:1"),
            claims.toBuilder().trackingMode(TrackingMode.FULL),
            claims.toBuilder().variant(null),
            claims.toBuilder().position(null),
            claims.toBuilder().account(null),
            claims.toBuilder().test(false),
            claims.toBuilder().trackedLinks(null),
            claims.toBuilder().issuedAtSeconds(null),
            claims.toBuilder().fileName(null),
            claims.toBuilder().channel(null))
        .map(LinkClaims.Builder::build)
        .filter(smaller -> !smaller.equals(claims))
        .toList();
  }

  private static @Nullable String maybeId(Random random) {
    if (random.nextInt(3) == 0) {
      return null;
    }
    StringBuilder id = new StringBuilder();
    int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : 12);
    while (id.length() < length) {
      id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
    }
    return id.toString();
  }

  private static <T> T oneOf(Random random, T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String fileName(Random random) {
    String name = Urls.generate(random);
    return name.substring(0, name.offsetByCodePoints(0, Math.min(10, name.length())));
  }
}
