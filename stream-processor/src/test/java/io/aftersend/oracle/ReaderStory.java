package io.aftersend.oracle;

import java.time.Duration;
import java.util.List;

/// Who fetches the pixels and links of one message: people, their mail proxies, prefetchers,
/// gateways and previews.
final class ReaderStory {
  private final Chance chance;
  private final MessageStory story;

  ReaderStory(Chance chance, MessageStory story) {
    this.chance = chance;
    this.story = story;
  }

  void tell() {
    if (chance.percent(25)) {
      hit("opened", soon()).agent(chance.oneOf(Agents.PREFETCHERS));
    }
    if (chance.percent(12)) {
      scan();
    }
    if (chance.percent(40)) {
      read();
    }
    if (chance.percent(4)) {
      hit("clicked", story.anyTime()).event().setPrefetch(true);
    }
    if (chance.percent(6)) {
      hit(chance.percent(50) ? "opened" : "clicked", story.anyTime())
          .agent(chance.oneOf(Agents.MACHINES));
    }
  }

  private Duration soon() {
    return chance.within(Duration.ofHours(2));
  }

  /// People open again, click what they like, and may click without an open.
  private void read() {
    String reader = chance.oneOf(chance.percent(50) ? Agents.PEOPLE : Agents.PROXIES);
    if (chance.percent(90)) {
      opened(reader);
    }
    while (chance.percent(30)) {
      opened(reader);
    }
    while (chance.percent(25)) {
      EventDraft click = hit("clicked", story.anyTime());
      if (chance.percent(80)) {
        click.agent(chance.oneOf(Agents.PEOPLE));
      } else if (chance.percent(50)) {
        click.agent("apple");
      }
      click.event().setLink("link-" + chance.upTo(4));
    }
  }

  private void opened(String reader) {
    EventDraft open = hit("opened", story.anyTime());
    if (chance.percent(90)) {
      open.agent(reader);
    }
  }

  private void scan() {
    Duration time = soon();
    String scanner = chance.oneOf(List.of("barracuda", "sentinel", "HEAD"));
    int size = 1 + chance.upTo(4);
    for (int i = 0; i < size; i++) {
      EventDraft click = hit("clicked", time.plusSeconds(i));
      click.event().setLink("link-" + i);
      if (scanner.equals("HEAD")) {
        click.event().setMethod("HEAD");
      } else {
        click.agent(scanner);
      }
    }
  }

  /// Some of the hits are seen by the provider too, and some by the provider alone.
  private EventDraft hit(String type, Duration after) {
    if (chance.percent(10)) {
      story.add(type, after).event().setProvider("some-esp");
    }
    EventDraft hit = story.add(type, after);
    if (chance.percent(5)) {
      hit.event().setProvider("some-esp");
    }
    return hit;
  }
}
