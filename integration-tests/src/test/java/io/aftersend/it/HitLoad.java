package io.aftersend.it;

import io.aftersend.it.HitLedger.Fate;
import io.aftersend.it.HitLedger.Kind;
import io.aftersend.it.HitRequests.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Hits and posts at an edge over kept-alive connections, each on a thread of its own, until it is
/// stopped. Each message is sent once, and the ledger knows at any moment how far it came.
final class HitLoad implements AutoCloseable {
  /// Every so many hits are a click, the others pixels.
  private static final int HITS_PER_CLICK = 4;

  private static final long PAUSE_AFTER_FAILURE_NS = 20_000_000;
  private static final long NS_PER_SECOND = 1_000_000_000;

  /// What a load does.
  ///
  /// @param connections for hits
  /// @param pipelined hits that are sent at once on a connection, before their answers are read
  /// @param hitsPerSecond of all connections together; 0: as fast as they are answered
  /// @param posters connections for posts
  /// @param postsPerSecond of each poster, at most
  /// @param eventsPerPost events in each post
  record Plan(
      int connections,
      int pipelined,
      int hitsPerSecond,
      int posters,
      int postsPerSecond,
      int eventsPerPost) {
    static Plan hits(int connections, int pipelined, int hitsPerSecond) {
      return new Plan(connections, pipelined, hitsPerSecond, 0, 1, 1);
    }

    Plan andPosts(int count, int perSecond, int events) {
      return new Plan(connections, pipelined, hitsPerSecond, count, perSecond, events);
    }
  }

  private final int port;
  private final HitRequests requests;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final AtomicReference<LatencyWindow> window = new AtomicReference<>(new LatencyWindow());
  private volatile boolean isStopping;

  private HitLoad(int port, HitRequests requests) {
    this.port = port;
    this.requests = requests;
  }

  static HitLoad start(String edgeUrl, Plan plan, HitRequests requests) {
    HitLoad load = new HitLoad(URI.create(edgeUrl).getPort(), requests);
    for (int i = 0; i < plan.connections(); i++) {
      long periodNs =
          plan.hitsPerSecond() == 0
              ? 0
              : NS_PER_SECOND * plan.connections() * plan.pipelined() / plan.hitsPerSecond();
      Pace pace = new Pace(periodNs, periodNs * i / plan.connections());
      load.start("hits-" + i, pace, () -> load.hits(plan.pipelined()));
    }
    for (int i = 0; i < plan.posters(); i++) {
      Pace pace = new Pace(NS_PER_SECOND / plan.postsPerSecond(), 0);
      load.start("posts-" + i, pace, () -> List.of(requests.post(plan.eventsPerPost())));
    }
    return load;
  }

  private void start(String name, Pace pace, Supplier<List<Request>> bursts) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(() -> run(pace, bursts)));
  }

  /// Begins a new window of the hits' latencies.
  ///
  /// @return the one that has ended
  LatencyWindow nextWindow() {
    return window.getAndSet(new LatencyWindow());
  }

  /// How often each answer came, by the event's type and the status, such as `opened 200`.
  Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }

  /// Ends the load once the answers that are on the way have come, or their connections ended.
  void stop() {
    isStopping = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private List<Request> hits(int count) {
    List<Request> burst = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean isClick = requests.ledger().size() % HITS_PER_CLICK == 0;
      burst.add(isClick ? requests.click() : requests.pixel());
    }
    return burst;
  }

  private void run(Pace pace, Supplier<List<Request>> bursts) {
    while (!isStopping) {
      try (HitConnection connection = HitConnection.open(port)) {
        while (!isStopping) {
          List<Request> burst = bursts.get();
          exchange(connection, burst, pace.await());
        }
      } catch (IOException e) {
        // The ledger has it: whatever was on the way is cut.
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NS);
      }
    }
  }

  private void exchange(HitConnection connection, List<Request> burst, long dueNs)
      throws IOException {
    HitLedger ledger = requests.ledger();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Request request : burst) {
      ledger.mark(request.first(), request.count(), Fate.CUT);
      bytes.writeBytes(request.bytes());
    }
    connection.send(bytes.toByteArray());
    for (Request request : burst) {
      HitConnection.Answer answer = connection.read();
      Fate fate = requests.isPromise(request, answer) ? Fate.ANSWERED : Fate.REFUSED;
      ledger.mark(request.first(), request.count(), fate);
      answers.merge(request.kind().type() + " " + answer.status(), 1, Integer::sum);
      if (request.kind() != Kind.DELIVERED) {
        window.get().add(System.nanoTime() - dueNs);
      }
    }
  }

  /// The turns of one connection at a fixed rate. A connection that an answer has kept past its
  /// turn is late from that turn on, so that a slow edge does not thin out its own load; one that
  /// the machine has woken late is not.
  private static final class Pace {
    private final long periodNs;
    private long nextNs;

    Pace(long periodNs, long firstAfterNs) {
      this.periodNs = periodNs;
      nextNs = System.nanoTime() + firstAfterNs;
    }

    /// Waits for the next turn.
    ///
    /// @return when the request is due, which latency counts from
    long await() {
      long nowNs = System.nanoTime();
      if (periodNs == 0) {
        return nowNs;
      }
      long turnNs = nextNs;
      nextNs += periodNs;
      if (nowNs >= turnNs) {
        return turnNs;
      }
      while (nowNs < turnNs) {
        LockSupport.parkNanos(turnNs - nowNs);
        nowNs = System.nanoTime();
      }
      return nowNs;
    }
  }
}
