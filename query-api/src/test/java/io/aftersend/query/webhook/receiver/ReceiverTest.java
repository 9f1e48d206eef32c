package io.aftersend.query.webhook.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger lookups = new AtomicInteger();
  private volatile String answer = "HTTP/1.1 204 No Content\r\n\r\n";
  private volatile boolean closesSilently;
  private ServerSocket server;
  private Targets targets;
  private Receiver receiver;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    // The second look-up leads elsewhere, as a name that is made to does.
    targets =
        new Targets(
            AddressRules.allowing(List.of("127.0.0.1")),
            host ->
                List.of(
                    InetAddress.ofLiteral(
                        lookups.incrementAndGet() == 1 ? "127.0.0.1" : "10.9.9.9")));
    receiver = receiver(Duration.ofMinutes(1));
  }

  private Receiver receiver(Duration deadline) {
    return new Receiver(targets, (SSLSocketFactory) SSLSocketFactory.getDefault(), deadline);
  }

  @AfterEach
  void close() throws IOException {
    receiver.close();
    server.close();
  }

  @Test
  void postsAndKeepsTheConnection() throws Exception {
    assertThat(post()).isEqualTo(new Outcome.Answered(204, null));
    assertThat(post()).isEqualTo(new Outcome.Answered(204, null));

    assertThat(connections).hasValue(1);
    assertThat(requests)
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request)
                    .startsWith("POST /hook?a=b HTTP/1.1\r\nHost: hooks.example:")
                    .contains("\r\nContent-Length: 7\r\n", "\r\nwebhook-id: msg_1\r\n")
                    .endsWith("\r\n\r\n{\"a\":1}"));
  }

  @Test
  void connectsToTheAddressThatWasCheckedAndChecksEachNewConnection() throws Exception {
    answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    assertThat(post()).isEqualTo(new Outcome.Answered(200, null));
    assertThat(lookups).hasValue(1);
    assertThat(post())
        .isInstanceOfSatisfying(
            Outcome.Unanswered.class, refused -> assertThat(refused.reason()).contains("refused"));
    assertThat(connections).hasValue(1);
  }

  @Test
  void followsNoRedirect() throws Exception {
    answer = "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";

    assertThat(post()).isEqualTo(new Outcome.Answered(307, null));
    assertThat(requests).hasSize(1);
  }

  @Test
  void readsHowLongAReceiverWantsToBeLeftAlone() throws Exception {
    answer = "HTTP/1.1 429 Slow\r\nretry-after: 17\r\nContent-Length: 0\r\n\r\n";

    assertThat(post()).isEqualTo(new Outcome.Answered(429, Duration.ofSeconds(17)));
  }

  @Test
  void leavesOutInterimAnswersAndTakesAnAnswerWhoseBodyBreaksOff() throws Exception {
    answer =
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 50\r\n\r\nx";
    closesSilently = true;

    assertThat(post()).isEqualTo(new Outcome.Answered(201, null));
  }

  @Test
  void waitsNoLongerThanItsDeadline() throws Exception {
    answer = "";
    receiver.close();
    receiver = receiver(Duration.ofMillis(700));
    long startNs = System.nanoTime();

    assertThat(post()).isEqualTo(new Outcome.Unanswered("no answer within 700 ms"));
    assertThat(System.nanoTime() - startNs).isBetween(600_000_000L, 30_000_000_000L);
  }

  @Test
  void saysWhenTheConnectionEndsWithoutAnAnswer() throws Exception {
    answer = "";
    closesSilently = true;

    assertThat(post().text()).contains("closed without an answer");
  }

  @Test
  void takesNothingButHttp() throws Exception {
    answer = "220 mail.example ESMTP\r\n";

    assertThat(post().text()).contains("not HTTP/1.1");
  }

  private Outcome post() throws InterruptedException {
    return receiver.post(
        URI.create("http://hooks.example:" + server.getLocalPort() + "/hook?a=b"),
        Map.of("webhook-id", "msg_1"),
        BODY);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      while (true) {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
          int c = in.read();
          if (c < 0) {
            return;
          }
          request.append((char) c);
        }
        request.append(new String(in.readNBytes(BODY.length), StandardCharsets.UTF_8));
        requests.add(request.toString());
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        if (closesSilently) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went away.
    }
  }
}
