package io.aftersend.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.edge.RawClient;
import io.aftersend.edge.RunningEdge;
import io.aftersend.edge.http.Answer;
import io.aftersend.edge.http.HttpConfig;
import io.aftersend.edge.http.HttpEvents;
import io.aftersend.edge.http.HttpLimits;
import io.aftersend.edge.http.HttpServer;
import io.aftersend.edge.proxy.ProxyConfig;
import io.aftersend.runtime.lifecycle.StartupException;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A server with certificates, on real sockets, with each way of doing TLS that this machine has.
@ParameterizedClass
@MethodSource("providers")
class TlsTest {
  private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

  private static TestCertificate alpha;
  private static TestCertificate beta;
  private static TestCertificate wild;

  private final SslProvider provider;
  @TempDir private Path directory;

  private final List<Object> events = new CopyOnWriteArrayList<>();
  private final List<Boolean> reloads = new CopyOnWriteArrayList<>();
  private CertificateDirectory certificates;
  private HttpServer server;

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

  TlsTest(SslProvider provider) {
    this.provider = provider;
  }

  static List<SslProvider> providers() {
    return OpenSsl.isAvailable()
        ? List.of(SslProvider.OPENSSL, SslProvider.JDK)
        : List.of(SslProvider.JDK);
  }

  @BeforeAll
  static void make() throws Exception {
    alpha = TestCertificate.of("alpha.example", "www.alpha.example");
    beta = TestCertificate.of("beta.example");
    wild = TestCertificate.of("*.wild.example");
  }

  @BeforeEach
  void start() throws IOException {
    alpha.write(directory, "a");
    beta.write(directory, "b");
    Path sub = Files.createDirectory(directory.resolve("wild"));
    TestCertificate.replace(sub.resolve("privkey.pem"), wild.key());
    TestCertificate.replace(sub.resolve("fullchain.pem"), wild.chain());
    Files.writeString(directory.resolve("README"), "nothing to read");
    certificates = CertificateDirectory.start(directory, provider, reloads::add);
    server = server(Duration.ofSeconds(60));
  }

  private HttpServer server(Duration handshakeTimeout) {
    HttpLimits limits =
        new HttpLimits(
            4_096, 4_096, 100, handshakeTimeout, Duration.ofSeconds(60), Duration.ofSeconds(30));
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1", 0, new TlsConfig(0, directory), 2, limits, 100, ProxyConfig.NONE);
    Answer answer = Answer.text(200, "hello");
    return HttpServer.start(
        config,
        certificates,
        recorder,
        InstantSource.fixed(Instant.EPOCH),
        loop -> (head, exchange) -> exchange.answer(answer));
  }

  @AfterEach
  void stop() {
    server.close();
    certificates.close();
    assertThat(events).noneMatch(Throwable.class::isInstance);
  }

  private int port() {
    URI url = Objects.requireNonNull(server.tlsUrl());
    assertThat(url.toString()).startsWith("https://127.0.0.1:");
    return url.getPort();
  }

  private String subject(String host) throws Exception {
    try (TlsClient client = new TlsClient(port(), host)) {
      assertThat(client.http.send(GET).answer().text()).isEqualTo("hello");
      return client.subject();
    }
  }

  @Test
  void showsEachNameItsOwnCertificate() throws Exception {
    assertThat(subject("alpha.example")).isEqualTo("CN=alpha.example");
    assertThat(subject("WWW.Alpha.Example")).isEqualTo("CN=alpha.example");
    assertThat(subject("beta.example")).isEqualTo("CN=beta.example");
    assertThat(subject("one.wild.example")).isEqualTo("CN=*.wild.example");
  }

  @Test
  void showsOthersTheDefault() throws Exception {
    for (String host : List.of("two.one.wild.example", "wild.example", "other.example")) {
      assertThat(subject(host)).as(host).isEqualTo("CN=alpha.example");
    }
    try (TlsClient client = new TlsClient(port(), null)) {
      assertThat(client.subject()).isEqualTo("CN=alpha.example");
    }
    beta.write(directory, "default");
    RunningEdge.await(() -> certificates.size() == 4);
    assertThat(subject("other.example")).isEqualTo("CN=beta.example");
  }

  @Test
  void speaksHttp11AloneOverTls12And13() throws Exception {
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      try (TlsClient client = new TlsClient(port(), "beta.example", protocol)) {
        assertThat(client.protocol()).isEqualTo(protocol);
        assertThat(client.applicationProtocol()).isEqualTo("http/1.1");
        assertThat(client.http.send(GET + GET).answer().status()).isEqualTo(200);
        assertThat(client.http.answer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void takesANewCertificateWithoutDroppingAConnection() throws Exception {
    try (TlsClient before = new TlsClient(port(), "alpha.example")) {
      assertThat(before.http.send(GET).answer().status()).isEqualTo(200);
      TestCertificate renewed = TestCertificate.of("renewed.example", "alpha.example");
      renewed.write(directory, "a");
      RunningEdge.await(() -> reloads.contains(true));
      assertThat(subject("alpha.example")).isEqualTo("CN=renewed.example");
      assertThat(subject("beta.example")).isEqualTo("CN=beta.example");
      assertThat(before.http.send(GET).answer().status()).isEqualTo(200);
      assertThat(before.subject()).isEqualTo("CN=alpha.example");
    }
  }

  @Test
  void keepsTheLastGoodPairWhileTheFilesDoNotBelongTogether() throws Exception {
    TestCertificate.replace(directory.resolve("a.key"), beta.key());
    RunningEdge.await(() -> !reloads.isEmpty());
    assertThat(reloads).containsExactly(false);
    assertThat(subject("alpha.example")).isEqualTo("CN=alpha.example");
    Files.delete(directory.resolve("a.key"));
    RunningEdge.await(() -> reloads.size() == 2);
    assertThat(subject("alpha.example")).isEqualTo("CN=alpha.example");
    alpha.write(directory, "a");
    RunningEdge.await(() -> reloads.contains(true));
    assertThat(subject("alpha.example")).isEqualTo("CN=alpha.example");
  }

  @Test
  void addsAndRemovesNamesWhileItServes() throws Exception {
    TestCertificate.of("gamma.example").write(directory, "c");
    RunningEdge.await(() -> certificates.size() == 4);
    assertThat(subject("gamma.example")).isEqualTo("CN=gamma.example");
    Files.delete(directory.resolve("b.crt"));
    Files.delete(directory.resolve("b.key"));
    RunningEdge.await(() -> certificates.size() == 3);
    assertThat(subject("beta.example")).isEqualTo("CN=alpha.example");
  }

  @Test
  void closesClientsThatDoNotFinishTheirHandshake() throws Exception {
    server.close();
    server = server(Duration.ofMillis(500));
    try (RawClient silent = new RawClient(port());
        RawClient slow = new RawClient(port())) {
      slow.send(new byte[] {22, 3, 1, 0, 100, 1, 0});
      assertThat(silent.isEnded()).isTrue();
      assertThat(slow.isEnded()).isTrue();
      RunningEdge.await(() -> events.size() >= 2);
      assertThat(events)
          .containsExactly(HttpEvents.CloseReason.TLS_TIMEOUT, HttpEvents.CloseReason.TLS_TIMEOUT);
    }
  }

  @Test
  void closesClientsThatSpeakNoTls() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(GET);
      assertThat(client.isEnded()).isTrue();
      RunningEdge.await(() -> !events.isEmpty());
      assertThat(events).containsExactly(HttpEvents.CloseReason.TLS_HANDSHAKE);
    }
  }

  /// A client that is not told could take the answer for cut. The JDK's sockets do not say whether
  /// they were told; Netty does.
  @Test
  void tellsTheEndWithinTlsAfterARefusal() throws Exception {
    SslHandler tls =
        SslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .build()
            .newHandler(ByteBufAllocator.DEFAULT);
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel client =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .handler(tls)
              .connect("127.0.0.1", port())
              .sync()
              .channel();
      String broken = "GET /x HTTP/1.1\r\n\r\n" + "x".repeat(5_000);
      client.writeAndFlush(Unpooled.copiedBuffer(broken, StandardCharsets.US_ASCII)).sync();
      assertThat(tls.sslCloseFuture().await(60_000)).isTrue();
      assertThat(tls.sslCloseFuture().isSuccess()).isTrue();
      RunningEdge.await(() -> !events.isEmpty());
      assertThat(events).containsExactly(400);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  @Test
  void endsAConnectionWhoseClientHasEndedIt() throws Exception {
    try (TlsClient client = new TlsClient(port(), "alpha.example")) {
      assertThat(client.http.send(GET).answer().status()).isEqualTo(200);
      client.http.endOutput();
      assertThat(client.http.isCleanlyEnded()).isTrue();
      RunningEdge.await(() -> server.openConnections() == 0);
    }
  }

  @Test
  void closesTlsConnectionsWhenItDrains() throws Exception {
    try (TlsClient idle = new TlsClient(port(), "alpha.example");
        RawClient arriving = new RawClient(port())) {
      assertThat(idle.http.send(GET).answer().status()).isEqualTo(200);
      RunningEdge.await(() -> server.openConnections() == 2);
      assertThat(server.drain(Duration.ofSeconds(5))).isZero();
      assertThat(idle.http.isCleanlyEnded()).isTrue();
      assertThat(arriving.isEnded()).isTrue();
    }
  }

  @Test
  void saysAtStartWhatItCannotUse() throws IOException {
    Files.writeString(directory.resolve("a.key"), beta.key());
    Files.writeString(directory.resolve("b.crt"), "nothing");
    Files.writeString(directory.resolve("c.key"), "nothing");
    assertThatThrownBy(() -> CertificateDirectory.start(directory, provider, reloads::add))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("a.key: expected the key of " + directory.resolve("a.crt"))
        .hasMessageContaining("b.crt: expected certificates in PEM")
        .hasMessageContaining("c.crt: expected a readable file, got none");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThatThrownBy(() -> CertificateDirectory.start(empty, provider, reloads::add))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("NAME.crt with NAME.key");
    assertThatThrownBy(
            () -> CertificateDirectory.start(directory.resolve("nowhere"), provider, reloads::add))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("nowhere");
  }
}
