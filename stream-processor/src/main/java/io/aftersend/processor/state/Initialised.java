package io.aftersend.processor.state;

import org.jspecify.annotations.Nullable;

/// The look at what a processor gets in `init`, and has none of before.
public final class Initialised {
  private Initialised() {}

  /// What was got.
  ///
  /// @throws IllegalStateException where `init` was not called
  public static <T> T of(@Nullable T store) {
    if (store == null) {
      throw new IllegalStateException("expected init() before the first record");
    }
    return store;
  }
}
