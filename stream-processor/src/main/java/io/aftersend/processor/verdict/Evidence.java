package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EmailEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A condition on one event. All of a signature's evidence must hold.
sealed interface Evidence {

  /// The request's method.
  record Method(String method) implements Evidence {}

  /// The request carried a header that announces a prefetch.
  record PrefetchHeader() implements Evidence {}

  /// A machine wrote the reply.
  record AutoReply() implements Evidence {}

  /// The user agent is exactly that.
  record AgentIs(String agent) implements Evidence {}

  /// The user agent holds all of these texts.
  record AgentHolds(List<String> texts) implements Evidence {}

  /// The user agent holds at least one of these texts.
  record AgentHoldsAny(List<String> texts) implements Evidence {}

  /// The user agent has a product of one of these names: at its start or behind a space.
  record AgentProduct(List<String> names) implements Evidence {}

  /// The user agent holds at least one of these texts at the end of a word: no letter follows.
  record AgentWordEnd(List<String> endings) implements Evidence {}

  /// The address belongs to that class of network.
  record Network(String networkClass) implements Evidence {}

  /// Whether the condition holds.
  default boolean holdsFor(EmailEvent event) {
    return switch (this) {
      case Method(String method) -> method.equalsIgnoreCase(event.getMethod());
      case PrefetchHeader() -> Boolean.TRUE.equals(event.getPrefetch());
      case AutoReply() -> Boolean.TRUE.equals(event.getAutoReply());
      case AgentIs(String agent) -> agent.equals(event.getUserAgent());
      case AgentHolds(List<String> texts) -> holdsAll(event.getUserAgent(), texts);
      case AgentHoldsAny(List<String> texts) -> holdsAny(event.getUserAgent(), texts);
      case AgentProduct(List<String> names) -> hasProduct(event.getUserAgent(), names);
      case AgentWordEnd(List<String> endings) -> hasWordEnd(event.getUserAgent(), endings);
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

  private static boolean holdsAny(@Nullable String agent, List<String> texts) {
    if (agent == null) {
      return false;
    }
    for (String text : texts) {
      if (agent.contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasWordEnd(@Nullable String agent, List<String> endings) {
    if (agent == null) {
      return false;
    }
    for (String ending : endings) {
      int at = agent.indexOf(ending);
      while (at >= 0 && isLetter(agent, at + ending.length())) {
        at = agent.indexOf(ending, at + 1);
      }
      if (at >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(String text, int at) {
    return at < text.length() && Character.isLetter(text.charAt(at));
  }

  private static boolean hasProduct(@Nullable String agent, List<String> names) {
    if (agent == null) {
      return false;
    }
    for (String name : names) {
      int at = agent.indexOf(name);
      while (at > 0 && agent.charAt(at - 1) != ' ') {
        at = agent.indexOf(name, at + 1);
      }
      if (at >= 0) {
        return true;
      }
    }
    return false;
  }
}
