package io.aftersend.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RunningEdge;
import io.aftersend.links.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Damaged requests on real sockets, judged by a naive reading of what was sent. A connection's
/// requests go out at once or in pieces, and then its sending side ends: so whatever the edge does
/// not end soon is a stall.
class MutatedRequestsTest {
  private static final int CLIENTS = 4;
  private static final int MAX_PIPELINED = 10;
  private static final int STALL_MS = 20_000;

  /// Connections between two looks at what the fake Kafka has gathered.
  private static final long FORGET_AFTER = 10_000;

  private final long seed = Long.getLong("aftersend.seed", System.nanoTime());
  private final AtomicLong nextConnection = new AtomicLong();
  private final AtomicLong reached = new AtomicLong();
  private final AtomicLong resets = new AtomicLong();

  @Test
  void survivesManyDamagedRequests() throws Exception {
    survives(50_000);
  }

  @Test
  @Tag("full")
  void survivesAMillionDamagedRequests() throws Exception {
    survives(1_000_000);
  }

  private void survives(long damagedRequests) throws Exception {
    System.out.println("seed of the damaged requests: -Daftersend.seed=" + seed);
    try (LeakWatch leaks = new LeakWatch()) {
      try (RunningEdge edge = RunningEdge.start()) {
        attack(edge, damagedRequests);
        System.out.printf(
            "%d damaged requests reached the edge on %d connections, %d of them reset%n",
            reached.get(), nextConnection.get(), resets.get());
        assertThat(resets.get()).isLessThan(nextConnection.get() / 100);
        assertNothingIsLeft(edge);
      }
      assertThat(leaks.leaks()).isEmpty();
    }
  }

  private void attack(RunningEdge edge, long damagedRequests) throws IOException {
    LoopbackAddresses sources = LoopbackAddresses.ofThisMachine();
    List<String> corpus =
        RequestMutator.corpus(letter -> token(edge, letter), edge.tenants.ingestKey.text());
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                while (reached.get() < damagedRequests) {
                  attack(edge, sources, corpus, nextConnection.getAndIncrement());
                }
              },
              task -> Thread.ofPlatform().name("hostile-client").start(task)));
    }
    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();
  }

  private static String token(RunningEdge edge, int letter) {
    Endpoint endpoint = Endpoint.ofLetter((byte) letter);
    return edge.tenants.token(Objects.requireNonNull(endpoint, "a letter of an endpoint"));
  }

  private static void assertNothingIsLeft(RunningEdge edge) throws Exception {
    RunningEdge.await(() -> valueOf(edge, "connections") == 0);
    RunningEdge.await(() -> valueOf(edge, "body_bytes") == 0);
    assertThat(valueOf(edge, "failures_total")).isZero();
  }

  private static double valueOf(RunningEdge edge, String series) {
    try {
      return MetricsPage.of(edge).value(series);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void attack(
      RunningEdge edge, LoopbackAddresses sources, List<String> corpus, long connection) {
    Random random = new Random(seed + connection);
    RequestMutator mutator = new RequestMutator(corpus, random);
    List<String> requests = new ArrayList<>();
    List<Integer> damagedOffsets = new ArrayList<>();
    int offset = 0;
    for (int i = random.nextInt(MAX_PIPELINED); i >= 0; i--) {
      boolean isDamaged = random.nextInt(8) > 0;
      String request = isDamaged ? mutator.damaged() : mutator.valid();
      if (isDamaged) {
        damagedOffsets.add(offset);
      }
      requests.add(request);
      offset += request.length();
    }
    Attempt attempt = new Attempt(edge.port(), sources, connection);
    String violation = attempt.violation(String.join("", requests), random.nextInt(4));
    if (violation != null) {
      List<String> fewest = shrunk(attempt, requests);
      throw new AssertionError(
          "seed %d, connection %d: %s; sent, as far as it takes to see it:%n%s"
              .formatted(seed, connection, violation, String.join("", fewest)));
    }
    reached.addAndGet(
        damagedOffsets.stream().filter(damaged -> damaged <= attempt.reachedOffset).count());
    resets.addAndGet(attempt.wasReset ? 1 : 0);
    if (connection % FORGET_AFTER == 0) {
      edge.kafka.clear();
    }
  }

  /// Leaves out, request after request and then character after character, what is not needed.
  private static List<String> shrunk(Attempt attempt, List<String> requests) {
    List<String> parts = shrunkParts(attempt, requests);
    return shrunkParts(attempt, List.of(String.join("", parts).split("", -1)));
  }

  private static List<String> shrunkParts(Attempt attempt, List<String> parts) {
    List<String> left = new ArrayList<>(parts);
    for (int i = left.size() - 1; i >= 0; i--) {
      String part = left.remove(i);
      if (attempt.violation(String.join("", left), 0) == null) {
        left.add(i, part);
      }
    }
    return left;
  }

  /// One connection's bytes, sent and judged; may be repeated.
  private static final class Attempt {
    private final int port;
    private final LoopbackAddresses sources;
    private final long turn;
    private boolean wasReset;
    private int reachedOffset;

    Attempt(int port, LoopbackAddresses sources, long turn) {
      this.port = port;
      this.sources = sources;
      this.turn = turn;
    }

    @Nullable String violation(String text, int cuts) {
      wasReset = false;
      String received;
      try {
        received = exchange(text.getBytes(StandardCharsets.ISO_8859_1), cuts);
      } catch (SocketTimeoutException e) {
        return "expected an answer or the end of the connection, got neither";
      } catch (IOException e) {
        throw new AssertionError("cannot reach the edge", e);
      }
      List<StrictReading.Request> requests = StrictReading.of(text);
      int count = AnswerCheck.reached(requests, received);
      reachedOffset = count == 0 ? -1 : requests.get(count - 1).offset();
      return AnswerCheck.violation(requests, received, wasReset);
    }

    private String exchange(byte[] bytes, int cuts) throws IOException {
      try (Socket socket = new Socket()) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(STALL_MS);
        socket.bind(sources.get(turn));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), STALL_MS);
        send(socket, bytes, cuts);
        return receive(socket.getInputStream());
      }
    }

    private void send(Socket socket, byte[] bytes, int cuts) {
      try {
        int from = 0;
        for (int cut = 1; cut <= cuts; cut++) {
          int to = bytes.length * cut / (cuts + 1);
          socket.getOutputStream().write(bytes, from, to - from);
          from = to;
        }
        socket.getOutputStream().write(bytes, from, bytes.length - from);
        socket.shutdownOutput();
      } catch (IOException e) {
        // The edge has closed already; what it said before can still be read.
        wasReset = true;
      }
    }

    private String receive(InputStream in) throws IOException {
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      byte[] piece = new byte[8 * 1024];
      try {
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
          received.write(piece, 0, length);
        }
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        wasReset = true;
      }
      return received.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
