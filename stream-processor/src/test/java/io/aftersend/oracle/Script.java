package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Events written as lines: a type, messages, and what else there is to say.
///
/// `opened 3-5 agent=apple at=20` is an open of each of the messages m3, m4 and m5, twenty minutes
/// after the start. Without a time, what people do lies an hour after it, as if they had read, and
/// all else at it. `issued=401` is of a hit whose token was signed so many days before the start.
/// `-` instead of messages is one event that names none. Every event belongs to the campaign
/// [#CAMPAIGN], but for `no-campaign`, and has an id of its own, but for `id=`.
final class Script {
  static final String CAMPAIGN = "spring";

  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  private static final Set<String> DONE_BY_READERS =
      Set.of("opened", "read", "clicked", "attachment_opened", "forwarded", "unsubscribe_viewed");

  private final Instant start;
  private final List<EmailEvent> events = new ArrayList<>();

  private Script(Instant start) {
    this.start = start;
  }

  static List<EmailEvent> events(Instant start, List<String> lines) {
    Script script = new Script(start);
    lines.forEach(script::addLine);
    return script.events;
  }

  private void addLine(String line) {
    List<String> words = List.of(line.split(" ", -1));
    List<String> details = words.subList(2, words.size());
    if (words.get(1).equals("-")) {
      add(words.getFirst(), details);
      return;
    }
    String[] range = words.get(1).split("-", -1);
    IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1]))
        .forEach(number -> add(words.getFirst(), details).setMessage("m" + number));
  }

  private EmailEvent add(String type, List<String> details) {
    EventDraft draft = new EventDraft(type, "e" + events.size(), start);
    draft.event().setCampaign(CAMPAIGN);
    move(draft.event(), DONE_BY_READERS.contains(type) ? Duration.ofHours(1) : Duration.ZERO);
    for (String detail : details) {
      String[] parts = detail.split("=", 2);
      apply(draft, parts[0], parts[parts.length - 1]);
    }
    events.add(draft.event());
    return draft.event();
  }

  private void move(EmailEvent event, Duration after) {
    event.setEventTime(start.plus(after));
    event.setIngestTime(event.getEventTime().plus(ON_ITS_WAY));
  }

  private void apply(EventDraft draft, String name, String value) {
    EmailEvent event = draft.event();
    switch (name) {
      case "at" -> move(event, Duration.ofMinutes(Long.parseLong(value)));
      case "second" -> move(event, Duration.ofSeconds(Long.parseLong(value)));
      case "issued" -> event.setIssuedAt(start.minus(Duration.ofDays(Long.parseLong(value))));
      case "link" -> event.setLink(value);
      case "ip" -> event.setIp(value);
      case "network" -> event.setNetworkClass(value);
      case "mailbox-provider" -> event.setMailboxProvider(value);
      case "id" -> event.setEventId(value);
      case "no-campaign" -> event.setCampaign(null);
      case "recipient" -> event.setRecipient(value);
      case "list" -> event.setList(value);
      case "agent" -> draft.agent(value);
      case "head" -> event.setMethod("HEAD");
      case "prefetch" -> event.setPrefetch(true);
      case "test" -> event.setTest(true);
      case "provider" -> event.setProvider("some-esp");
      case "class" -> event.setBounceClass(value);
      case "code" -> event.setEnhancedCode(value);
      case "inferred" -> event.setInferred(!value.equals("no"));
      case "auto" -> event.setAutoReply(true);
      case "zone" -> event.setRecipientTimeZone(value);
      case "value" -> draft.value(value);
      case "currency" -> event.setCurrency(value);
      case "order" -> event.setOrder(value);
      default -> throw new IllegalArgumentException("no such detail: " + name);
    }
  }
}
