package io.aftersend.query.webhook.receiver;

import io.aftersend.query.webhook.receiver.Targets.RefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// The way to a receiver: posts bodies over HTTP/1.1, keeps connections, follows no redirect, uses
/// no proxy. Safe for any thread; a call blocks until the answer or its deadline.
///
/// It is hand-made since a connection must go to the very address that was checked: a client that
/// looks the name up again could be led elsewhere in between.
public final class Receiver implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_IDLE = 8;

  private final Targets targets;
  private final SSLSocketFactory tls;
  private final Duration answerTimeout;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final ScheduledExecutorService guards;

  Receiver(Targets targets, SSLSocketFactory tls, Duration answerTimeout) {
    this.targets = targets;
    this.tls = tls;
    this.answerTimeout = answerTimeout;
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
    guards = timer;
  }

  /// A way to receivers with this machine's trusted certificates.
  public static Receiver of(Targets targets) {
    return new Receiver(targets, (SSLSocketFactory) SSLSocketFactory.getDefault(), ANSWER_TIMEOUT);
  }

  /// Posts a body of JSON.
  ///
  /// @param headers beside those that HTTP needs
  /// @throws InterruptedException when the thread was interrupted; the request may have arrived
  public Outcome post(URI url, Map<String, String> headers, byte[] body)
      throws InterruptedException {
    try {
      Connection kept = kept(url);
      if (kept != null) {
        Outcome outcome = exchange(kept, url, headers, body);
        if (outcome != null) {
          return outcome;
        }
      }
      Outcome outcome = exchange(open(url), url, headers, body);
      return outcome == null ? new Outcome.Unanswered("connection closed, no answer") : outcome;
    } catch (RefusedException e) {
      return new Outcome.Unanswered("refused: " + e.getMessage());
    } catch (UnknownHostException e) {
      return new Outcome.Unanswered("unknown host");
    } catch (SocketTimeoutException e) {
      return new Outcome.Unanswered("no connection in time");
    } catch (ConnectException e) {
      return unanswered("no connection", e);
    } catch (SSLException e) {
      return unanswered("TLS failed", e);
    } catch (IOException e) {
      return unanswered("connection broke", e);
    }
  }

  private static Outcome unanswered(String what, IOException e) throws InterruptedException {
    if (Thread.interrupted() || e instanceof InterruptedIOException) {
      throw new InterruptedException(what);
    }
    return new Outcome.Unanswered(
        e.getMessage() == null
            ? what
            : what + ": " + e.getMessage().lines().findFirst().orElse(""));
  }

  /// @return null where a kept connection had been closed before anything of an answer came
  private @Nullable Outcome exchange(
      Connection connection, URI url, Map<String, String> headers, byte[] body) throws IOException {
    AtomicBoolean isLate = new AtomicBoolean();
    ScheduledFuture<?> guard =
        guards.schedule(
            () -> {
              isLate.set(true);
              connection.close();
            },
            answerTimeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      Outcome.Answered answer = connection.exchange(url, headers, body);
      guard.cancel(false);
      if (answer != null && connection.canBeKept() && idle.size() < MAX_IDLE) {
        idle.addFirst(connection);
      } else {
        connection.close();
      }
      return answer;
    } catch (IOException e) {
      connection.close();
      if (isLate.get()) {
        return new Outcome.Unanswered("no answer within " + answerTimeout.toMillis() + " ms");
      }
      throw e;
    } finally {
      guard.cancel(false);
    }
  }

  private Connection open(URI url) throws IOException, RefusedException {
    return Connection.open(url, targets.addresses(url), tls, CONNECT_TIMEOUT, answerTimeout);
  }

  private @Nullable Connection kept(URI url) {
    for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      if (kept.isFor(url) && !kept.isStale()) {
        return kept;
      }
      kept.close();
    }
    return null;
  }

  /// Closes what is kept. Requests under way end with their own deadlines.
  @Override
  public void close() {
    for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.close();
    }
    guards.shutdown();
  }
}
