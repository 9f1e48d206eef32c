package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A condition on one event. All of a rule's evidence must hold.
sealed interface Evidence {

  /// The event is of one of these types.
  record OfType(Set<EventType> types) implements Evidence {
    static OfType of(EventType first, EventType... others) {
      return new OfType(Set.copyOf(EnumSet.of(first, others)));
    }
  }

  /// The request's method.
  record Method(String method) implements Evidence {}

  /// The request carried a header that announces a prefetch.
  record PrefetchHeader() implements Evidence {}

  /// A machine wrote the reply.
  record AutoReply() implements Evidence {}

  /// The user agent is exactly that.
  record AgentIs(String agent) implements Evidence {}

  /// The user agent holds all of these texts.
  record AgentHolds(List<String> texts) implements Evidence {
    static AgentHolds all(String... texts) {
      return new AgentHolds(List.of(texts));
    }
  }

  /// The user agent has a product of that name: at its start or behind a space.
  record AgentProduct(String name) implements Evidence {}

  /// The address belongs to that class of network.
  record Network(String networkClass) implements Evidence {}

  /// Whether the condition holds.
  default boolean holdsFor(EventType type, EmailEvent event) {
    return switch (this) {
      case OfType(Set<EventType> types) -> types.contains(type);
      case Method(String method) -> method.equalsIgnoreCase(event.getMethod());
      case PrefetchHeader() -> Boolean.TRUE.equals(event.getPrefetch());
      case AutoReply() -> Boolean.TRUE.equals(event.getAutoReply());
      case AgentIs(String agent) -> agent.equals(event.getUserAgent());
      case AgentHolds(List<String> texts) -> holdsAll(event.getUserAgent(), texts);
      case AgentProduct(String name) -> hasProduct(event.getUserAgent(), name);
      case Network(String networkClass) -> networkClass.equals(event.getNetworkClass());
    };
  }

  private static boolean holdsAll(@Nullable String agent, List<String> texts) {
    if (agent == null) {
      return false;
    }
    for (String text : texts) {
      if (!agent.contains(text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasProduct(@Nullable String agent, String name) {
    return agent != null && (agent.startsWith(name) || agent.contains(" " + name));
  }
}
