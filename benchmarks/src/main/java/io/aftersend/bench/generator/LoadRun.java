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

/// Runs of load against one server, whose connections stay open between them. A run never sleeps:
/// it takes a whole core. For one thread.
final class LoadRun implements AutoCloseable {
  private static final long GRACE_NS = Duration.ofSeconds(2).toNanos();
  private static final int READ_BYTES = 64 * 1024;

  private final InetSocketAddress server;
  private final Requests requests;
  private final ExpectedAnswer expected;
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
    this.expected = ExpectedAnswer.learn(server, requests.next());
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
        order.ratePerSecond() == 0
            ? sendWhenAnswered(endNs)
            : sendWhenDue(startNs, endNs, new Arrivals(order.ratePerSecond(), order.seed()));
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

  private long sendWhenDue(long startNs, long endNs, Arrivals arrivals) throws IOException {
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
      receive();
    }
    long unsent = 0;
    for (; dueNs - endNs < 0; dueNs += arrivals.nextGapNs()) {
      unsent++;
    }
    return unsent;
  }

  private void send(Client client, long dueNs) {
    if (dueNs - measuredFromNs >= 0) {
      delays.record(client.generatorDelayNs(dueNs, System.nanoTime()));
    }
    busy++;
    try {
      client.send(requests.next(), dueNs);
    } catch (IOException e) {
      broken(client);
    }
  }

  private void receive() throws IOException {
    try {
      selector.selectNow(this::receive);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void receive(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      if (client.receive(input, expected)) {
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
