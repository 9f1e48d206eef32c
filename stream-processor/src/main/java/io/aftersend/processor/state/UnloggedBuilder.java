package io.aftersend.processor.state;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.StoreBuilder;

/// What makes stores of our own, which lie in memory and have no changelog.
///
/// @param stores gives a new store at every call
record UnloggedBuilder<S extends StateStore>(String name, Supplier<S> stores)
    implements StoreBuilder<S> {
  @Override
  public S build() {
    return stores.get();
  }

  @Override
  public StoreBuilder<S> withCachingEnabled() {
    throw refusal();
  }

  @Override
  public StoreBuilder<S> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<S> withLoggingEnabled(Map<String, String> settings) {
    throw refusal();
  }

  @Override
  public StoreBuilder<S> withLoggingDisabled() {
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  private UnsupportedOperationException refusal() {
    return new UnsupportedOperationException(name + " has neither a cache nor a changelog");
  }
}
