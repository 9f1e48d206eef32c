package io.aftersend.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class BindFailureTest {
  @Test
  void namesAPortInUseWithItsKeyHoweverDeepTheCauseLies() {
    IOException cause = new IOException("bind(..) failed with error(-98): Address already in use");

    assertThat(
            BindFailure.explain(
                "127.0.0.1", 8080, "AFTERSEND_EDGE_PORT", new UncheckedIOException(cause)))
        .hasMessage(
            "port 8080 (AFTERSEND_EDGE_PORT) is in use: stop what listens on 127.0.0.1:8080,"
                + " or choose another port (0 = any free one)");
  }

  @Test
  void namesAPortInUseWithoutAKey() {
    assertThat(BindFailure.explain("::1", 8080, null, new BindException("Address already in use")))
        .hasMessageStartingWith("port 8080 is in use: stop what listens on [::1]:8080,");
  }

  @Test
  void tellsOtherReasonsAsTheyAre() {
    assertThat(
            BindFailure.explain(
                "127.0.0.1", 80, "AFTERSEND_EDGE_PORT", new SocketException("Permission denied")))
        .hasMessage(
            "cannot listen on 127.0.0.1, port 80 (AFTERSEND_EDGE_PORT):"
                + " SocketException: Permission denied");
  }
}
