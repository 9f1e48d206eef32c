package io.aftersend.bench.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.bench.generator.BrowserRequest;
import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenSigner;
import io.aftersend.links.TokenVerifier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BareHandlersTest {
  private static final KeyRing RING =
      KeyRing.builder().addActive(SigningKey.of("acme", "benchkey", new byte[32])).build();

  private final String token =
      new TokenSigner(() -> RING)
          .sign(Endpoint.OPEN, LinkClaims.forTenant("acme").message("m1").build());

  private static List<EmbeddedChannel> channels() {
    return List.of(
        channel(new RawHandler(verifier())),
        channel(new HttpServerCodec(), new CodecHandler(verifier())));
  }

  private static TokenVerifier verifier() {
    return new TokenVerifier(() -> RING);
  }

  private static EmbeddedChannel channel(ChannelHandler... handlers) {
    return new EmbeddedChannel(handlers);
  }

  private static String answer(EmbeddedChannel channel, String token) {
    String request = BrowserRequest.of("/o/" + token + ".gif");
    channel.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      answer.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    channel.checkException();
    return answer.toString();
  }

  @Test
  void validTokenIsAnsweredWithThePixelAgainAndAgain() {
    for (EmbeddedChannel channel : channels()) {
      String first = answer(channel, token);

      assertThat(first).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\n\r\nGIF89a");
      assertThat(first.length() - first.indexOf("GIF89a")).isEqualTo(43);
      assertThat(answer(channel, token)).isEqualTo(first);
      var _ = channel.close();
    }
  }

  @Test
  void invalidTokenIsNotAnswered() {
    String wrong = (token.startsWith("B") ? "C" : "B") + token.substring(1);
    for (EmbeddedChannel channel : channels()) {
      assertThatThrownBy(() -> answer(channel, wrong)).hasMessageContaining("expected");
      var _ = channel.close();
    }
  }
}
