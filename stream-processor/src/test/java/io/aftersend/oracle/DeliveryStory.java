package io.aftersend.oracle;

import java.time.Duration;
import java.util.List;

/// What servers say of one message, contradictions included.
final class DeliveryStory {
  private static final List<String> CLASSES = List.of("hard", "soft", "block");
  private static final List<String> CODES =
      List.of("5.1.1", "5.1.10", "5.2.1", "5.2.2", "5.3.4", "4.4.7", "5.6.1", "5.7.1", "5.7.26");

  private final Chance chance;
  private final MessageStory story;

  DeliveryStory(Chance chance, MessageStory story) {
    this.chance = chance;
    this.story = story;
  }

  /// @param isSilent whether nobody tells of deliveries in this campaign
  void tell(boolean isSilent) {
    int fate = chance.upTo(100);
    if (fate < 8) {
      story.add("deferred", shortly());
    } else if (fate < 12) {
      bounce(story.add("bounced", shortly()), "soft");
    } else if (fate < 22) {
      bounce(story.add("bounced", shortly()), chance.oneOf(CLASSES));
    } else if (fate < 26) {
      story.add("dropped", shortly());
    }
    if (!isSilent && (fate < 12 || fate >= 30)) {
      story.add("delivered", shortly());
    }
    if (chance.percent(5)) {
      contradict();
    }
  }

  private Duration shortly() {
    return chance.percent(30)
        ? Duration.ofMinutes(5L * chance.upTo(4))
        : chance.within(Duration.ofHours(9));
  }

  private void contradict() {
    EventDraft one = story.add("deferred", shortly());
    if (chance.percent(50)) {
      story.addAtTimeOf(one, "dropped");
    }
    bounce(story.addAtTimeOf(one, "bounced"), chance.oneOf(CLASSES));
    if (chance.percent(50)) {
      bounce(story.addAtTimeOf(one, "bounced"), chance.oneOf(CLASSES));
    }
  }

  private void bounce(EventDraft bounce, String bounceClass) {
    if (chance.percent(25)) {
      bounce.event().setEnhancedCode(chance.oneOf(CODES));
    } else {
      bounce.event().setBounceClass(bounceClass);
    }
    if (chance.percent(30)) {
      bounce.event().setProvider("some-esp");
    }
  }
}
