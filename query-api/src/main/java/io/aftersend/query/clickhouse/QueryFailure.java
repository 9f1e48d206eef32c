package io.aftersend.query.clickhouse;

import java.net.SocketTimeoutException;
import java.sql.SQLException;

/// Why a statement failed, as far as a client should know.
enum QueryFailure {
  /// No connection, or it broke, or the server does not let us in.
  UNREACHABLE,
  /// Out of memory, too many queries, or no connection of ours free.
  BUSY,
  /// The database, a table or a view is missing.
  NOT_MIGRATED,
  /// Longer than allowed.
  TOO_SLOW,
  /// Anything else: our own mistake.
  WRONG;

  static final int NO_FREE_CONNECTION = -1;

  private static final int TIMEOUT_EXCEEDED = 159;
  private static final int TOO_SLOW_CODE = 160;
  private static final int SOCKET_TIMEOUT = 209;
  private static final int NETWORK_ERROR = 210;
  private static final int TOO_MANY_SIMULTANEOUS_QUERIES = 202;
  private static final int MEMORY_LIMIT_EXCEEDED = 241;
  private static final int UNKNOWN_TABLE = 60;
  private static final int UNKNOWN_DATABASE = 81;
  private static final int AUTHENTICATION_FAILED = 516;

  /// By ClickHouse's own error code; without one the server was not reached.
  static QueryFailure of(SQLException e) {
    return switch (e.getErrorCode()) {
      case AUTHENTICATION_FAILED -> UNREACHABLE;
      case 0, NETWORK_ERROR, SOCKET_TIMEOUT -> hasTimedOut(e) ? TOO_SLOW : UNREACHABLE;
      case NO_FREE_CONNECTION, TOO_MANY_SIMULTANEOUS_QUERIES, MEMORY_LIMIT_EXCEEDED -> BUSY;
      case UNKNOWN_TABLE, UNKNOWN_DATABASE -> NOT_MIGRATED;
      case TIMEOUT_EXCEEDED, TOO_SLOW_CODE -> TOO_SLOW;
      default -> WRONG;
    };
  }

  /// Whether the answer was waited for in vain; a connection that was never made is another matter.
  private static boolean hasTimedOut(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      boolean isConnecting = cause.getClass().getSimpleName().contains("Connect");
      if (cause instanceof SocketTimeoutException && !isConnecting) {
        return true;
      }
    }
    return false;
  }
}
