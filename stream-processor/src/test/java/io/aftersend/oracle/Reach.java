package io.aftersend.oracle;

/// Messages by what is known of their being opened, where a click is an open too.
///
/// @param all messages with any open or click
/// @param human messages with one made by a person
/// @param prefetchOnly messages of which all opens and clicks were fetched ahead
public record Reach(long all, long human, long prefetchOnly) {
  static final Reach NONE = new Reach(0, 0, 0);

  Reach plus(Reach more) {
    return new Reach(all + more.all, human + more.human, prefetchOnly + more.prefetchOnly);
  }
}
