package io.aftersend.standalone.demo;

import io.aftersend.links.MessageLinks;
import io.aftersend.links.MessageLinks.Target;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.console.ProgressLine;
import io.aftersend.standalone.links.LinkOrder;
import io.aftersend.standalone.links.LinksApi;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// The live hits of a demo: their tracked URLs are signed in bulk, then asked over a handful of
/// kept-alive connections.
final class LiveHits {
  private static final int CONNECTIONS = 8;
  private static final int MESSAGES_PER_ORDER = 500;

  private final DemoCampaign campaign;
  private final LinksApi links;
  private final EdgeClient edge;
  private final Ledger ledger;
  private final Pace pace;
  private final ProgressLine progress;

  LiveHits(
      DemoCampaign campaign,
      LinksApi links,
      EdgeClient edge,
      Ledger ledger,
      Pace pace,
      ProgressLine progress) {
    this.campaign = campaign;
    this.links = links;
    this.edge = edge;
    this.ledger = ledger;
    this.pace = pace;
    this.progress = progress;
  }

  /// Plays all of them.
  ///
  /// @throws StartupException when the edge or the API refuses
  void play(List<LiveHit> hits) throws InterruptedException {
    Map<Integer, MessageLinks> signed = sign(hits);
    Queue<LiveHit> waiting = new ConcurrentLinkedQueue<>(hits);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofPlatform().daemon().name("demo-hits-", 0).factory());
    try {
      List<Future<Void>> workers =
          IntStream.range(0, CONNECTIONS)
              .mapToObj(
                  any ->
                      threads.submit(
                          () -> {
                            work(waiting, signed);
                            return (Void) null;
                          }))
              .toList();
      for (Future<Void> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartupException known) {
        throw known;
      }
      throw new IllegalStateException("a live hit failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Map<Integer, MessageLinks> sign(List<LiveHit> hits) throws InterruptedException {
    LinkedHashSet<DemoMessage> distinct = new LinkedHashSet<>();
    hits.forEach(hit -> distinct.add(hit.message()));
    List<DemoMessage> messages = List.copyOf(distinct);
    Map<Integer, MessageLinks> signed = new HashMap<>();
    for (int first = 0; first < messages.size(); first += MESSAGES_PER_ORDER) {
      List<DemoMessage> part =
          messages.subList(first, Math.min(first + MESSAGES_PER_ORDER, messages.size()));
      List<MessageLinks> urls = links.signAll(part.stream().map(this::order).toList());
      for (int i = 0; i < part.size(); i++) {
        signed.put(part.get(i).index(), urls.get(i));
      }
    }
    return signed;
  }

  private LinkOrder order(DemoMessage message) {
    List<Target> targets =
        DemoCampaign.LINKS.stream().map(link -> new Target(link.name(), link.url())).toList();
    return new LinkOrder(campaign.id(), message.id(), message.recipient(), targets);
  }

  private void work(Queue<LiveHit> waiting, Map<Integer, MessageLinks> signed)
      throws InterruptedException {
    for (LiveHit hit = waiting.poll(); hit != null; hit = waiting.poll()) {
      MessageLinks urls = signed.get(hit.message().index());
      if (urls == null) {
        throw new IllegalStateException("no links of message " + hit.message().id());
      }
      pace.await(1);
      Instant from = Instant.now();
      if (ask(hit, urls)) {
        ledger.count(hit, from, Instant.now());
      } else {
        ledger.noteUnanswered(hit);
      }
      progress.add(1);
    }
  }

  private boolean ask(LiveHit hit, MessageLinks urls) throws InterruptedException {
    String method = hit.actor() == Actor.SCANNER_HEAD ? "HEAD" : "GET";
    boolean isPrefetch = hit.actor() == Actor.BROWSER_PREFETCH;
    String agent = hit.userAgent();
    return switch (hit.type()) {
      case OPENED -> edge.hit(method, urls.open().getFirst(), null, agent, isPrefetch);
      case CLICKED ->
          edge.hit(method, urls.clicks().get(hit.link()).tracked(), null, agent, isPrefetch);
      case CONVERTED -> edge.hit(method, conversion(hit, urls), null, agent, isPrefetch);
      case UNSUBSCRIBED ->
          edge.hit("POST", urls.unsubscribe(), "List-Unsubscribe=One-Click", agent, false);
      case UNSUBSCRIBE_VIEWED -> edge.hit(method, urls.unsubscribe(), null, agent, isPrefetch);
      default -> throw new IllegalArgumentException("not a live hit: " + hit.type());
    };
  }

  private static String conversion(LiveHit hit, MessageLinks urls) {
    return "%s?goal=purchase&value=%s&currency=%s&order=order-%s"
        .formatted(urls.conversion(), hit.value(), DemoCampaign.CURRENCY, hit.message().id());
  }
}
