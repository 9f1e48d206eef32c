package io.aftersend.runtime.lifecycle;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The one wording of "this service cannot listen there", for all servers.
public final class BindFailure {
  private BindFailure() {}

  /// Makes the user's error from what a server threw while it bound its address.
  ///
  /// @param portKey the configuration key that the port came from, with its prefix; null when it
  ///   came from elsewhere
  /// @param cause what the server threw; causes within are looked at too
  public static StartupException explain(
      String host, int port, @Nullable String portKey, Throwable cause) {
    String place = "port " + port + (portKey == null ? "" : " (" + portKey + ")");
    String reason = reasons(cause);
    if (reason.contains("already in use") || reason.contains("address in use")) {
      return new StartupException(
          place
              + " is in use: stop what listens on "
              + (host.contains(":") ? "[" + host + "]" : host)
              + ":"
              + port
              + ", or choose another port (0 = any free one)",
          cause);
    }
    return new StartupException(
        "cannot listen on " + host + ", " + place + ": " + lastReason(cause), cause);
  }

  private static String reasons(Throwable cause) {
    StringBuilder reasons = new StringBuilder();
    for (Throwable t = cause; t != null; t = t.getCause()) {
      reasons.append(t.getMessage()).append('\n');
    }
    return reasons.toString().toLowerCase(Locale.ROOT);
  }

  private static String lastReason(Throwable cause) {
    Throwable last = cause;
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      last = next;
    }
    return last.getClass().getSimpleName() + ": " + last.getMessage();
  }
}
