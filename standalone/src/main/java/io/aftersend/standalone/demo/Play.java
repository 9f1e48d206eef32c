package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.standalone.access.HttpApi;
import io.aftersend.standalone.console.ProgressLine;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.links.LinksApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// The playing of a campaign: first what is reported, then the live hits, then some of the posts
/// once more, which must change nothing. For one thread.
final class Play {
  /// Their events fit into one post.
  private static final int MESSAGES_AT_A_TIME = 500;

  private static final int MAX_BATCH = 2_000;

  /// Every so many posts one is kept to be repeated, up to a number.
  private static final int REPEAT_EVERY = 7;

  private static final int MAX_REPEATS = 20;

  private final DemoCampaign campaign;
  private final EdgeClient edge;
  private final HttpApi api;
  private final Ledger ledger;
  private final Traffic traffic;
  private final Surroundings surroundings;
  private final Pace pace;
  private final List<LiveHit> live = new ArrayList<>();
  private final List<String> toRepeat = new ArrayList<>();

  Play(
      DemoCampaign campaign,
      Demo.Order order,
      EdgeClient edge,
      HttpApi api,
      Ledger ledger,
      Traffic traffic,
      Surroundings surroundings) {
    this.campaign = campaign;
    this.edge = edge;
    this.api = api;
    this.ledger = ledger;
    this.traffic = traffic;
    this.surroundings = surroundings;
    this.pace = new Pace(order.rate(), System::nanoTime);
  }

  void run() throws InterruptedException {
    postAll();
    postTeamMail();
    ProgressLine progress = progress("live hits", live.size());
    new LiveHits(campaign, new LinksApi(api), edge, ledger, pace, progress).play(live);
    progress.finish();
    repeatSome();
  }

  private void postAll() throws InterruptedException {
    ProgressLine progress = progress("messages", campaign.messages());
    for (int first = 0; first < campaign.messages(); first += MESSAGES_AT_A_TIME) {
      int end = Math.min(first + MESSAGES_AT_A_TIME, campaign.messages());
      List<DemoEvent> events = new ArrayList<>();
      for (int index = first; index < end; index++) {
        MessageStory story = campaign.story(campaign.message(index));
        events.addAll(story.reported());
        live.addAll(story.live());
      }
      events.sort(Comparator.comparing(DemoEvent::time));
      int size = pace.batchSize(MAX_BATCH);
      for (int from = 0; from < events.size(); from += size) {
        post(
            events.subList(from, Math.min(from + size, events.size())),
            event -> event.toJson(campaign.id()),
            ledger::count);
      }
      progress.add(end - first);
    }
    progress.finish();
  }

  private void postTeamMail() throws InterruptedException {
    List<TeamMail.Mail> mails = new TeamMail(campaign).mails();
    int size = pace.batchSize(MAX_BATCH);
    for (int from = 0; from < mails.size(); from += size) {
      post(
          mails.subList(from, Math.min(from + size, mails.size())),
          TeamMail.Mail::json,
          ledger::count);
    }
  }

  private <E> void post(List<E> events, Function<E, ObjectNode> toJson, Consumer<E> accepted)
      throws InterruptedException {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    events.forEach(event -> json.add(toJson.apply(event)));
    String body = json.toString();
    pace.await(events.size());
    JsonNode answer = edge.post(body);
    Set<Integer> rejected = rejected(answer);
    for (int i = 0; i < events.size(); i++) {
      if (!rejected.contains(i)) {
        accepted.accept(events.get(i));
      }
    }
    traffic.addPost(events.size() - rejected.size(), rejected.size());
    if (traffic.posts() % REPEAT_EVERY == 1 && toRepeat.size() < MAX_REPEATS) {
      toRepeat.add(body);
    }
  }

  private Set<Integer> rejected(JsonNode answer) {
    Set<Integer> rejected = new HashSet<>();
    for (JsonNode element : answer.path("rejected")) {
      rejected.add(element.path("index").asInt(-1));
      if (traffic.rejected() == 0 && rejected.size() == 1) {
        surroundings.err().println("aftersend: the edge rejected an event: " + element);
      }
    }
    return rejected;
  }

  private void repeatSome() throws InterruptedException {
    for (String body : toRepeat) {
      edge.post(body);
      traffic.addRepeatedPost();
    }
  }

  private ProgressLine progress(String what, long total) {
    return new ProgressLine(
        surroundings.err(), surroundings.isTerminal(), what, total, System::nanoTime);
  }
}
