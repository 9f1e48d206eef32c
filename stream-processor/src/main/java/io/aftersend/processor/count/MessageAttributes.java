package io.aftersend.processor.count;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.Told;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What events tell of their message as a whole: variant, account and labels. What a send tells
/// stands against all else, of two sends or two others the earlier one, at equal time what comes
/// first in the alphabet; so the order of arrival does not matter.
final class MessageAttributes {
  /// Most labels of one message that are counted: the first in the alphabet.
  static final int MAX_LABELS = 16;

  private MessageAttributes() {}

  /// Notes in the facts what an event tells.
  static void learn(MessageFacts facts, JudgedEvent event, EventType type) {
    facts.setVariant(standing(facts.getVariant(), value(event.getVariant()), event, type));
    facts.setAccount(standing(facts.getAccount(), value(event.getAccount()), event, type));
    if (!event.getLabels().isEmpty()) {
      facts.setLabels(standing(facts.getLabels(), labels(event), event, type));
    }
  }

  /// Whether an event tells more labels than are counted.
  static boolean hasTooManyLabels(JudgedEvent event) {
    return event.getLabels().size() > MAX_LABELS
        && event.getLabels().stream().distinct().count() > MAX_LABELS;
  }

  private static List<String> value(@Nullable String value) {
    return value == null || value.isEmpty() ? List.of() : List.of(value);
  }

  private static List<String> labels(JudgedEvent event) {
    return event.getLabels().stream()
        .filter(label -> !label.isEmpty())
        .distinct()
        .sorted()
        .limit(MAX_LABELS)
        .toList();
  }

  private static @Nullable Told standing(
      @Nullable Told known, List<String> values, JudgedEvent event, EventType type) {
    if (values.isEmpty()) {
      return known;
    }
    Told told = new Told(values, event.getEventTime().toEpochMilli(), type == EventType.SENT);
    return known == null || standsAgainst(told, known) ? told : known;
  }

  private static boolean standsAgainst(Told told, Told known) {
    if (told.getIsOfSend() != known.getIsOfSend()) {
      return told.getIsOfSend();
    }
    if (told.getTime() != known.getTime()) {
      return told.getTime() < known.getTime();
    }
    return compare(told.getValues(), known.getValues()) < 0;
  }

  private static int compare(List<String> values, List<String> others) {
    for (int i = 0; i < Math.min(values.size(), others.size()); i++) {
      int difference = values.get(i).compareTo(others.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(values.size(), others.size());
  }
}
