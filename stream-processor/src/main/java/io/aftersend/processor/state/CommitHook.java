package io.aftersend.processor.state;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/// A store that stores nothing, and runs an action of its processor before every commit of the
/// task: what the action forwards is in the same transaction as the records that led to it.
///
/// So what a processor adds up since the last commit can lie in plain memory, as a
/// [TransientStore]: a crash loses it together with the offsets of the records that it came from.
/// Kafka Streams does the same for the caches of its own stores, through the internal interface
/// that this class implements. For the task's thread.
public final class CommitHook extends MemoryStore implements CachedStateStore<Object, Object> {
  private @Nullable Runnable action;

  private CommitHook(String name) {
    super(name);
  }

  /// What makes the store.
  public static StoreBuilder<CommitHook> builder(String name) {
    return new UnloggedBuilder<>(name, () -> new CommitHook(name));
  }

  /// Has an action run before every commit, from the processor whose `init` this is called in.
  ///
  /// @param context the processor's
  public void beforeCommit(ProcessorContext<?, ?> context, Runnable forward) {
    if (!(context instanceof InternalProcessorContext<?, ?> internal)) {
      throw new IllegalStateException("expected a context of Kafka Streams, got " + context);
    }
    ProcessorNode<?, ?, ?, ?> node = internal.currentNode();
    action =
        () -> {
          ProcessorNode<?, ?, ?, ?> before = internal.currentNode();
          internal.setCurrentNode(node);
          try {
            forward.run();
          } finally {
            internal.setCurrentNode(before);
          }
        };
  }

  @Override
  public void flushCache() {
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void clearCache() {
    // What waits lies in other stores, which forget it when they close.
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendsOld) {
    return false;
  }

  @Override
  void forget() {
    action = null;
  }
}
