package io.aftersend.edge.network;

import org.jspecify.annotations.Nullable;

/// What is known of a network.
///
/// @param asn autonomous system number; null when it is not known
public record Network(NetworkClass networkClass, @Nullable Long asn) {
  /// What holds for every address that no table names.
  public static final Network OTHER = new Network(NetworkClass.OTHER, null);
}
