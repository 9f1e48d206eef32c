package io.aftersend.processor.enrich;

import org.jspecify.annotations.Nullable;

/// Where an address is, as far as the database says.
///
/// @param country code of ISO 3166-1, two capital letters
/// @param region code of ISO 3166-2, such as `GB-ENG`; the region's name where the database has no
///   code
/// @param city its English name
/// @param zone IANA name of the time zone, one that this JVM knows
record Place(
    @Nullable String country,
    @Nullable String region,
    @Nullable String city,
    @Nullable String zone) {
  static final Place NOWHERE = new Place(null, null, null, null);
}
