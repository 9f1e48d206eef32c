package io.aftersend.embedded.clickhouse.front;

import io.aftersend.embedded.clickhouse.engine.Engine;
import io.aftersend.embedded.clickhouse.engine.EngineConnection;
import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/// The connections that outlive a request: one per `session_id`, with its settings and temporary
/// tables.
///
/// Thread-safe. A session is used by one request at a time and dropped after its timeout.
final class Sessions implements AutoCloseable {
  static final int DEFAULT_TIMEOUT_SECONDS = 60;
  private static final int MAX_TIMEOUT_SECONDS = 3600;
  private static final int MAX_SESSIONS = 64;
  private static final int SESSION_IS_LOCKED = 373;
  private static final int TOO_MANY_SESSIONS = 700;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// One connection; `isBusy` and `expiresNs` are guarded by the map's lock.
  private static final class Session {
    private final EngineConnection connection;
    private boolean isBusy;
    private long expiresNs;

    private Session(EngineConnection connection) {
      this.connection = connection;
    }
  }

  private final Engine engine;
  private final LongSupplier nanoClock;
  private final Map<String, Session> sessions = new HashMap<>();

  Sessions(Engine engine, LongSupplier nanoClock) {
    this.engine = engine;
    this.nanoClock = nanoClock;
  }

  /// Takes a session for one request, opening it if it is new.
  synchronized EngineConnection take(String id) throws EngineException {
    dropExpired();
    Session session = sessions.get(id);
    if (session == null) {
      if (sessions.size() >= MAX_SESSIONS) {
        throw EngineException.of(
            TOO_MANY_SESSIONS,
            "USER_SESSION_LIMIT_EXCEEDED",
            "expected at most " + MAX_SESSIONS + " sessions");
      }
      session = new Session(engine.connect());
      sessions.put(id, session);
    }
    if (session.isBusy) {
      throw EngineException.of(
          SESSION_IS_LOCKED,
          "SESSION_IS_LOCKED",
          "Session " + id + " is locked by another request");
    }
    session.isBusy = true;
    return session.connection;
  }

  /// Gives a session back.
  synchronized void release(String id, int timeoutSeconds) {
    Session session = sessions.get(id);
    if (session != null) {
      session.isBusy = false;
      long seconds = Math.clamp(timeoutSeconds, 1, MAX_TIMEOUT_SECONDS);
      session.expiresNs = nanoClock.getAsLong() + seconds * NANOS_PER_SECOND;
    }
    dropExpired();
  }

  private void dropExpired() {
    long nowNs = nanoClock.getAsLong();
    for (Iterator<Session> it = sessions.values().iterator(); it.hasNext(); ) {
      Session session = it.next();
      if (!session.isBusy && session.expiresNs - nowNs < 0) {
        it.remove();
        session.connection.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    sessions.values().forEach(session -> session.connection.close());
    sessions.clear();
  }
}
