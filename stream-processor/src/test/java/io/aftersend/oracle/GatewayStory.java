package io.aftersend.oracle;

import java.time.Duration;
import java.util.List;

/// Hits with the agent of a plain browser that only together tell of a security gateway, and hits
/// of people that come close to looking so.
final class GatewayStory {
  private static final List<String> NETWORKS =
      List.of("192.0.2.0", "198.51.100.0", "203.0.113.0", "198.51.101.0");

  private final Chance chance;
  private final MessageStory story;

  GatewayStory(Chance chance, MessageStory story) {
    this.chance = chance;
    this.story = story;
  }

  void tell() {
    if (chance.percent(12)) {
      burst(2 + chance.upTo(5), around(story.delivery()));
    }
    if (chance.percent(3)) {
      burst(2 + chance.upTo(5), story.anyTime());
    }
    if (chance.percent(6)) {
      tryUnsubscribing(around(story.delivery()));
    }
    if (chance.percent(10)) {
      hit(chance.percent(50) ? "opened" : "clicked", almostAt(story.delivery()));
    }
    if (chance.percent(1)) {
      crowd();
    }
  }

  /// From shortly before to somewhat over the half hour.
  private Duration around(Duration delivery) {
    return delivery.minusSeconds(12).plus(chance.within(Duration.ofMinutes(35)));
  }

  private Duration almostAt(Duration delivery) {
    return delivery
        .plusSeconds(chance.upTo(18) - 12L)
        .plusMillis(chance.oneOf(List.of(0, 0, 1, 999)));
  }

  /// Hits from few seconds, on links that may be the same, from networks that may be.
  private void burst(int size, Duration start) {
    int seconds = chance.oneOf(List.of(2, 3, 4, 10, 11, 30, 35));
    for (int i = 0; i < size; i++) {
      String type =
          chance.percent(75)
              ? "clicked"
              : chance.oneOf(List.of("opened", "attachment_opened", "forwarded"));
      hit(type, start.plusSeconds(chance.upTo(seconds + 1)));
    }
  }

  private void tryUnsubscribing(Duration start) {
    hit("unsubscribe_viewed", start.plusSeconds(chance.upTo(12)));
    if (chance.percent(50)) {
      story.add("unsubscribed", start.plusSeconds(chance.upTo(12)));
    }
    if (chance.percent(80)) {
      hit("clicked", start.plusSeconds(chance.upTo(12)));
    }
  }

  /// More than rules remember.
  private void crowd() {
    Duration start = story.delivery();
    for (int i = 0; i < 80; i++) {
      hit(i % 3 == 0 ? "opened" : "clicked", start.plusSeconds(chance.upTo(2_000)));
    }
  }

  private void hit(String type, Duration after) {
    EventDraft hit = story.add(type, after);
    if (chance.percent(70)) {
      hit.agent(chance.oneOf(Agents.PEOPLE));
    }
    if (chance.percent(80)) {
      hit.event().setIp(chance.oneOf(NETWORKS));
    }
    if (chance.percent(15)) {
      hit.event().setNetworkClass("apple_egress");
    }
    if (chance.percent(80)) {
      hit.event().setLink("link-" + chance.upTo(6));
    } else if (type.equals("clicked")) {
      hit.event().setUrl("https://shop.example/" + chance.upTo(2));
    }
    if (chance.percent(8)) {
      hit.event().setProvider("some-esp");
    }
  }
}
