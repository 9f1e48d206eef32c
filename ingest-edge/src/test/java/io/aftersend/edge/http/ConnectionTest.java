package io.aftersend.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.http.HttpEvents.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A connection alone, with a handler that answers when the test says so.
class ConnectionTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          1_024, 1_024, 10, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
  private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

  private final List<Exchange> waiting = new ArrayList<>();
  private final List<Object> events = new ArrayList<>();
  private boolean answersAtOnce = true;
  private Answer answer = Answer.text(200, "hello");
  private EmbeddedChannel channel = new EmbeddedChannel();

  private final HttpEvents recorder =
      new HttpEvents() {
        @Override
        public void refused(int status) {
          events.add(status);
        }

        @Override
        public void closed(CloseReason reason) {
          events.add(reason);
        }

        @Override
        public void failed(Throwable defect) {
          events.add(defect);
        }
      };

  private final RequestHandler handler =
      (head, exchange) -> {
        if (answersAtOnce) {
          exchange.answer(answer);
        } else {
          waiting.add(exchange);
        }
      };

  @BeforeEach
  void open() {
    open(handler);
  }

  private void open(RequestHandler with) {
    channel.finishAndReleaseAll();
    channel = new EmbeddedChannel();
    channel.freezeTime();
    LoopParts parts = LoopParts.of(LIMITS, with, recorder, InstantSource.fixed(Instant.EPOCH));
    channel.pipeline().addLast(new Connection(parts, channel));
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(channel.finishAndReleaseAll()).isFalse();
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private String sent() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    return text.toString();
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void answersWithDateAndLength() {
    send(GET);
    assertThat(sent())
        .isEqualTo(
            """
            HTTP/1.1 200 OK\r
            Content-Type: text/plain; charset=utf-8\r
            Cache-Control: no-store\r
            X-Content-Type-Options: nosniff\r
            Content-Length: 5\r
            Date: Thu, 01 Jan 1970 00:00:00 GMT\r
            \r
            hello""");
  }

  @Test
  void closesASilentConnectionAfterTheIdleTimeout() {
    pass(Duration.ofSeconds(59));
    send(GET);
    pass(Duration.ofSeconds(59));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(channel.isOpen()).isFalse();
    assertThat(events).containsExactly(CloseReason.IDLE_TIMEOUT);
    sent();
  }

  @Test
  void givesAHeadItsTimeoutFromItsFirstByte() {
    send(GET + "GET ");
    for (int i = 0; i < 9; i++) {
      pass(Duration.ofSeconds(1));
      send("/");
    }
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(channel.isOpen()).isFalse();
    assertThat(events).containsExactly(CloseReason.HEADER_TIMEOUT);
    sent();
  }

  @Test
  void givesEachHeadATimeoutOfItsOwn() {
    for (int i = 0; i < 5; i++) {
      send("GET /x HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\n");
      pass(Duration.ofSeconds(9));
      send("Host: a\r\n\r\n");
    }
    assertThat(channel.isOpen()).isTrue();
    assertThat(sent().split("HTTP/1.1 200", -1)).hasSize(11);
  }

  @Test
  void expectsNothingOfTheClientWhileTheAnswerIsOurs() {
    answersAtOnce = false;
    send(GET);
    pass(Duration.ofMinutes(5));
    assertThat(channel.isOpen()).isTrue();
    waiting.getFirst().answer(answer);
    assertThat(sent()).endsWith("hello");
    pass(Duration.ofSeconds(59));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void answersInOrderAlsoWhenTheFirstAnswerComesLate() {
    answersAtOnce = false;
    send(GET + GET);
    assertThat(waiting).hasSize(1);
    answersAtOnce = true;
    waiting.getFirst().answer(Answer.text(200, "first"));
    assertThat(sent()).matches("(?s).*first.*hello");
  }

  @Test
  void stopsReadingWhenTooMuchWaitsBehindAnAnswer() {
    answersAtOnce = false;
    send(GET);
    send(GET.repeat(3_000));
    assertThat(channel.config().isAutoRead()).isFalse();
    answersAtOnce = true;
    waiting.getFirst().answer(answer);
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(sent().split("hello", -1)).hasSize(3_002);
  }

  @Test
  void writesNoMoreThanASlowReaderTakes() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1_000));
    channel.pipeline().fireUserEventTriggered("nothing");
    channel
        .pipeline()
        .fireChannelRead(Unpooled.copiedBuffer(GET.repeat(1_000), StandardCharsets.ISO_8859_1));
    assertThat(channel.isWritable()).isFalse();
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isLessThan(3_000);
    channel.pipeline().fireChannelReadComplete();
    assertThat(sent().split("hello", -1)).hasSize(1_001);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void keepsOnlyWhatIsUnreadWhenEveryPieceEndsWithinARequest() {
    ByteBuf first = Unpooled.buffer().writeBytes("GET /x".getBytes(StandardCharsets.US_ASCII));
    channel.writeInbound(first);
    for (int i = 0; i < 5_000; i++) {
      send(" HTTP/1.1\r\nHost: a\r\n\r\nGET /x");
    }
    // The connection goes on to gather in the first piece's buffer as long as something is unread.
    assertThat(first.refCnt()).isEqualTo(1);
    assertThat(first.readableBytes()).isEqualTo(6);
    assertThat(first.capacity()).isLessThanOrEqualTo(1_024);
    assertThat(sent().split("hello", -1)).hasSize(5_001);
  }

  @Test
  void keepsOnlyWhatIsUnreadOfABodyOfBrokenLines() {
    send("GET /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    ByteBuf first = Unpooled.buffer().writeByte('1');
    channel.writeInbound(first);
    for (int i = 0; i < 5_000; i++) {
      send("\r\nx\r\n1");
    }
    assertThat(first.refCnt()).isEqualTo(1);
    assertThat(first.capacity()).isLessThanOrEqualTo(1_024);
    assertThat(sent()).endsWith("hello");
  }

  @Test
  void refusesALineFeedAtTheStartOfAPiece() {
    String chunked = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (String before : List.of("", "1\r\nx\r\n", "0\r\n", "0\r\nX: y\r\n")) {
      List<String> calls = new ArrayList<>();
      open((head, exchange) -> exchange.readBody(100, new RecordingSink(exchange, calls)));
      send(chunked + before);
      send("\n");
      assertThat(sent()).as(before).startsWith("HTTP/1.1 400");
      assertThat(calls).as(before).endsWith("abort");
    }
  }

  @Test
  void sendsWhatItHasAnsweredBeforeABrokenBodyEndsTheConnection() {
    String chunked = "GET /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    String tooMuch = "11170\r\n" + "x".repeat(70_000);
    for (String rest : List.of("zz\r\n", tooMuch)) {
      open();
      send(GET + chunked + rest);
      assertThat(sent()).matches("(?s)HTTP/1.1 200 .*hello" + "HTTP/1.1 200 .*hello");
      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Test
  void sendsEarlierAnswersBeforeARefusal() {
    RequestHandler sinking =
        (head, exchange) -> {
          if (head.method() == Method.GET) {
            exchange.answer(answer);
          } else {
            exchange.readBody(100, new RecordingSink(exchange, new ArrayList<>()));
          }
        };
    open(sinking);
    send(GET + "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    assertThat(sent()).matches("(?s)HTTP/1.1 200 .*hello" + "HTTP/1.1 400 .*");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void ignoresAnAnswerThatComesAfterTheClientHasGone() {
    answersAtOnce = false;
    send(GET);
    var _ = channel.close();
    waiting.getFirst().answer(answer);
    assertThat(sent()).isEmpty();
  }

  @Test
  void tellsTheSinkOfABodyThatNeverBecomesWhole() {
    List<String> calls = new ArrayList<>();
    open((head, exchange) -> exchange.readBody(100, new RecordingSink(exchange, calls)));
    send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
    var _ = channel.close();
    assertThat(calls).containsExactly("12345", "abort");

    calls.clear();
    open((head, exchange) -> exchange.readBody(100, new RecordingSink(exchange, calls)));
    send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n12\r\nx\r\n");
    assertThat(calls).containsExactly("12", "abort");
    assertThat(sent()).startsWith("HTTP/1.1 400");

    calls.clear();
    open((head, exchange) -> exchange.readBody(100, new RecordingSink(exchange, calls)));
    send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
    pass(Duration.ofSeconds(30));
    assertThat(calls).containsExactly("12345", "abort");
    assertThat(events).contains(CloseReason.BODY_TIMEOUT);
  }

  @Test
  void answersADefectWith500() {
    open(
        (head, exchange) -> {
          throw new IllegalStateException("defect");
        });
    send(GET);
    assertThat(sent()).startsWith("HTTP/1.1 500");
    assertThat(events).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closesBetweenRequestsWhenDraining() {
    answersAtOnce = false;
    send(GET);
    channel.pipeline().fireUserEventTriggered(Connection.DRAIN);
    assertThat(channel.isOpen()).isTrue();
    waiting.getFirst().answer(answer);
    assertThat(sent()).contains("Connection: close");
    assertThat(channel.isOpen()).isFalse();
    open();
    channel.pipeline().fireUserEventTriggered(Connection.DRAIN);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void survivesWhateverBytesCome() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] pieces = {
      "GET ",
      "/x",
      " HTTP/1.1",
      "\r\n",
      "\r",
      "\n",
      "Host: a",
      ":",
      " ",
      "Content-Length: 3",
      "Transfer-Encoding: chunked",
      "3",
      "abc",
      "0",
      "\u0000",
      "é",
      "POST ",
      ";",
      "HEAD ",
      "?",
      "#"
    };
    for (int i = 0; i < 3_000; i++) {
      open();
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j >= 0 && channel.isOpen(); j--) {
        String piece = pieces[random.nextInt(pieces.length)];
        text.append(piece);
        send(piece);
      }
      assertThat(sent())
          .as("seed %d: %s", seed, text)
          .matches("(?s)(HTTP/1\\.1 (200|400|413|417|505) .*)?");
      assertThat(events).noneMatch(Throwable.class::isInstance);
    }
  }

  private record RecordingSink(Exchange exchange, List<String> calls) implements BodySink {
    @Override
    public boolean take(ByteBuf piece) {
      calls.add(piece.toString(StandardCharsets.ISO_8859_1));
      return true;
    }

    @Override
    public void end() {
      calls.add("end");
      exchange.answer(Answer.text(200, "read"));
    }

    @Override
    public void abort() {
      calls.add("abort");
    }
  }
}
