package io.aftersend.bench.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Runs of load against one server, whose connections stay open between them. A run never sleeps,
/// and takes a whole core, unless it is to share it. For one thread.
final class LoadRun implements AutoCloseable {
  private static final long GRACE_NS = Duration.ofSeconds(2).toNanos();
  private static final int READ_BYTES = 64 * 1024;

  /// What a sleeping generator may be late by.
  private static final long SLEEP_MS = 1;

  private static final long SLEEP_NS = Duration.ofMillis(SLEEP_MS).toNanos();

  private final InetSocketAddress server;
  private final Requests requests;
  private final ExpectedAnswers expected;
  private final Selector selector;
  private final List<Client> clients = new ArrayList<>();
  private final ArrayDeque<Client> idle = new ArrayDeque<>();
  private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BYTES);
  private final LatencyHistogram delays = new LatencyHistogram();
  private Latencies latencies = new Latencies(0, Duration.ZERO);
  private int busy;
  private long measuredFromNs;
  private long answered;
  private long failed;
  private long lastAnswerNs;

  private LoadRun(InetSocketAddress server, Requests requests) throws IOException {
    this.server = server;
    this.requests = requests;
    this.expected = new ExpectedAnswers(server);
    expected.of(requests.next());
    this.selector = Selector.open();
  }

  /// Asks the server once, so that a wrong one is noticed before a run.
  static LoadRun at(InetSocketAddress server, Requests requests) throws IOException {
    return new LoadRun(server, requests);
  }

  /// Does one run.
  ///
  /// @throws WrongAnswerException when any answer is not as the first one was
  LoadResult run(LoadOrder order) throws IOException {
    connect(order.connections());
    delays.clear();
    answered = 0;
    failed = 0;
    long startNs = System.nanoTime();
    measuredFromNs = startNs + order.settling().toNanos();
    latencies = new Latencies(measuredFromNs, order.duration());
    long endNs = startNs + order.duration().toNanos();
    lastAnswerNs = startNs;
    long unsent =
        order.ratePerSecond() == 0 ? sendWhenAnswered(endNs) : sendWhenDue(startNs, endNs, order);
    long giveUpNs = System.nanoTime() + GRACE_NS;
    while (busy > 0 && System.nanoTime() - giveUpNs < 0) {
      receive();
    }
    failed += busy;
    return new LoadResult(
        answered,
        failed,
        unsent,
        lastAnswerNs - startNs,
        latencies.all().percentile(0.5),
        latencies.usualP99(),
        latencies.all().percentile(0.99),
        latencies.all().percentile(0.999),
        delays.percentile(0.99));
  }

  private long sendWhenAnswered(long endNs) throws IOException {
    for (long nowNs = System.nanoTime(); nowNs - endNs < 0; nowNs = System.nanoTime()) {
      for (Client client = idle.poll(); client != null; client = idle.poll()) {
        send(client, System.nanoTime());
      }
      receive();
    }
    return 0;
  }

  private long sendWhenDue(long startNs, long endNs, LoadOrder order) throws IOException {
    Arrivals arrivals = new Arrivals(order.ratePerSecond(), order.seed());
    long dueNs = startNs + arrivals.nextGapNs();
    // Requests that are late are sent still, for as long again as answers may take.
    long giveUpNs = endNs + GRACE_NS;
    while (dueNs - endNs < 0) {
      long nowNs = System.nanoTime();
      if (nowNs - giveUpNs >= 0) {
        break;
      }
      while (dueNs - nowNs <= 0 && dueNs - endNs < 0 && !idle.isEmpty()) {
        send(idle.remove(), dueNs);
        dueNs += arrivals.nextGapNs();
      }
      boolean canSleep = order.isSharing() && dueNs - System.nanoTime() > SLEEP_NS / 2;
      receive(canSleep ? SLEEP_MS : 0);
    }
    long unsent = 0;
    for (; dueNs - endNs < 0; dueNs += arrivals.nextGapNs()) {
      unsent++;
    }
    return unsent;
  }

  private void send(Client client, long dueNs) throws IOException {
    if (dueNs - measuredFromNs >= 0) {
      delays.record(client.generatorDelayNs(dueNs, System.nanoTime()));
    }
    ByteBuffer request = requests.next();
    ExpectedAnswer answer = expected.of(request);
    busy++;
    try {
      client.send(request, answer, dueNs);
    } catch (IOException e) {
      broken(client);
    }
  }

  private void receive() throws IOException {
    receive(0);
  }

  /// @param waitMs how long to wait for an answer; 0 for not at all
  private void receive(long waitMs) throws IOException {
    try {
      if (waitMs == 0) {
        selector.selectNow(this::receive);
      } else {
        selector.select(this::receive, waitMs);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void receive(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      if (client.receive(input)) {
        answered(client);
      }
    } catch (WrongAnswerException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      broken(client);
    }
  }

  private void answered(Client client) {
    lastAnswerNs = System.nanoTime();
    latencies.record(client.dueNs(), lastAnswerNs);
    answered++;
    busy--;
    client.idleSince(lastAnswerNs);
    idle.add(client);
  }

  private void broken(Client client) {
    client.close();
    clients.remove(client);
    if (client.isBusy()) {
      failed++;
      busy--;
    } else {
      idle.remove(client);
    }
  }

  /// Connections that are open already stay; those that wait for an answer since the last run do
  /// not.
  private void connect(int connections) throws IOException {
    for (Client client : List.copyOf(clients)) {
      if (client.isBusy() || clients.size() > connections) {
        client.close();
        clients.remove(client);
      }
    }
    while (clients.size() < connections) {
      clients.add(Client.open(server, selector));
    }
    // Servers may have closed some meanwhile.
    receive();
    while (clients.size() < connections) {
      clients.add(Client.open(server, selector));
    }
    idle.clear();
    idle.addAll(clients);
    busy = 0;
  }

  @Override
  public void close() throws IOException {
    clients.forEach(Client::close);
    selector.close();
  }
}
