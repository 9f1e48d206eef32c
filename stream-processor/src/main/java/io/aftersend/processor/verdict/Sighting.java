package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EventType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What behaviour rules need to know of one event of a message.
///
/// @param timeMs when it happened, epoch milliseconds
/// @param provider the provider that reported it; null for our own
/// @param link stands for its link, equal exactly where links are; [#NONE] where it has none
/// @param network stands for its network, equal exactly where networks are; [#NONE] where it has
///   none
/// @param isOpen whether a behaviour rule may claim it
public record Sighting(
    EventType type,
    long timeMs,
    @Nullable String provider,
    long link,
    long network,
    boolean isOpen) {

  /// No link, or no network.
  public static final long NONE = 0;

  private static final String APPLE_EGRESS = "apple_egress";

  private static final Set<EventType> HITS =
      EnumSet.of(
          EventType.OPENED,
          EventType.READ,
          EventType.CLICKED,
          EventType.ATTACHMENT_OPENED,
          EventType.FORWARDED,
          EventType.UNSUBSCRIBE_VIEWED);

  /// Whether events of the type are hits of a mail.
  public static boolean isHit(EventType type) {
    return HITS.contains(type);
  }

  /// A number for the link of an event.
  ///
  /// @param names what may name the link, the first that is there does
  public static long link(EventType type, @Nullable String... names) {
    return switch (type) {
      case CLICKED, ATTACHMENT_OPENED -> mark(type.wireName(), firstOf(names));
      case FORWARDED, UNSUBSCRIBE_VIEWED -> mark(type.wireName(), "");
      default -> NONE;
    };
  }

  /// A number for the network of a hit. Apple's relay changes a person's address from request to
  /// request: all of it is one network.
  ///
  /// @param ip the address, cut to its network
  public static long network(@Nullable String ip, @Nullable String networkClass) {
    if (APPLE_EGRESS.equals(networkClass)) {
      return mark(APPLE_EGRESS, "");
    }
    return ip == null ? NONE : mark("ip", ip);
  }

  private static String firstOf(@Nullable String... names) {
    for (String name : names) {
      if (name != null) {
        return name;
      }
    }
    return "";
  }

  /// FNV-1a with 64 bits and a final mix: a few links of one message never meet by chance.
  private static long mark(String kind, String text) {
    long hash = 0xcbf29ce484222325L;
    hash = mixed(hash, kind);
    hash = mixed((hash ^ 0xFFFF) * 0x100000001b3L, text);
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    hash ^= hash >>> 32;
    return hash == NONE ? 1 : hash;
  }

  private static long mixed(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mixed;
  }
}
