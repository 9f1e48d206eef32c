package io.aftersend.edge.http;

import io.aftersend.edge.proxy.ProxyHeaderDecoder;
import io.aftersend.edge.tls.CertificateDirectory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import org.jspecify.annotations.Nullable;

/// The first look at each connection of a port. Shared by the event loops.
@Sharable
final class Welcome extends ChannelInitializer<Channel> {
  private final Reception reception;
  private final @Nullable CertificateDirectory certificates;

  /// @param certificates null: a port without TLS
  Welcome(Reception reception, @Nullable CertificateDirectory certificates) {
    this.reception = reception;
    this.certificates = certificates;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!reception.admit(channel)) {
      return;
    }
    byte[] peer = ClientAddress.bytes(channel.remoteAddress());
    boolean hasProxyHeader = reception.proxies().isProxyProtocolOn() && reception.isTrusted(peer);
    if (hasProxyHeader) {
      Arrival arrival = new Arrival(reception, channel, certificates, peer);
      channel.pipeline().addLast(new ProxyHeaderDecoder(arrival), arrival);
    } else if (!reception.admit(channel, peer)) {
      return;
    } else if (certificates != null) {
      Arrival arrival = new Arrival(reception, channel, certificates, peer);
      channel.pipeline().addLast(arrival);
      arrival.expectHandshake();
    } else {
      channel.pipeline().addLast(reception.serve(channel, peer));
    }
  }
}
