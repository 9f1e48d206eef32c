package io.aftersend.processor.state;

import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;

/// A store that lies in memory for one life of its task, and begins empty. For the task's thread.
abstract class MemoryStore implements StateStore {
  private final String name;
  private boolean isOpen;

  MemoryStore(String name) {
    this.name = name;
  }

  /// Lets go of all that is held.
  abstract void forget();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void init(StateStoreContext context, StateStore root) {
    forget();
    context.register(root, (key, value) -> {});
    isOpen = true;
  }

  @Override
  public final void close() {
    forget();
    isOpen = false;
  }

  @Override
  public final boolean persistent() {
    return false;
  }

  @Override
  public final boolean isOpen() {
    return isOpen;
  }
}
