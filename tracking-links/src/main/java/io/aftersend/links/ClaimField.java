package io.aftersend.links;

import org.jspecify.annotations.Nullable;

/// A field of a token's payload, in the order of the wire.
public enum ClaimField {
  TENANT(1, "tenant", FieldKind.ID),
  CAMPAIGN(2, "campaign", FieldKind.ID),
  MESSAGE(3, "message", FieldKind.ID),
  RECIPIENT(4, "recipient", FieldKind.ID),
  LIST(5, "list", FieldKind.ID),
  LINK(6, "link", FieldKind.ID),
  TARGET_URL(7, "url", FieldKind.TARGET),
  TRACKING_MODE(8, "tracking_mode", FieldKind.MODE),
  VARIANT(9, "variant", FieldKind.ID),
  POSITION(10, "position", FieldKind.POSITION),
  ACCOUNT(11, "account", FieldKind.ID),
  TEST(12, "test", FieldKind.FLAG),
  TRACKED_LINKS(13, "tracked_links", FieldKind.COUNT),
  ISSUED_AT(14, "issued_at", FieldKind.SECONDS),
  FILE_NAME(15, "file_name", FieldKind.TEXT),
  CHANNEL(16, "channel", FieldKind.ID);

  static final int MAX_TAG = 16;

  private static final ClaimField[] BY_TAG = values();

  private final int tag;
  private final String wireName;
  private final FieldKind kind;

  ClaimField(int tag, String wireName, FieldKind kind) {
    this.tag = tag;
    this.wireName = wireName;
    this.kind = kind;
  }

  /// The name used in events, in the API and in refusals.
  public String wireName() {
    return wireName;
  }

  /// The byte that opens the field in a payload.
  int tag() {
    return tag;
  }

  FieldKind kind() {
    return kind;
  }

  /// The field of a tag, or null for a tag that this version does not know. Allocates nothing.
  static @Nullable ClaimField ofTag(int tag) {
    return tag >= 1 && tag <= MAX_TAG ? BY_TAG[tag - 1] : null;
  }
}
