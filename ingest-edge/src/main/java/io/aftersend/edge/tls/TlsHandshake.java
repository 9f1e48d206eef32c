package io.aftersend.edge.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/// The handler that begins a TLS connection: it picks the certificate by the name that the client
/// asks for, and makes room for Netty's [SslHandler]. It waits for ever: whoever adds it bounds the
/// time.
public final class TlsHandshake extends SniHandler {
  /// The longest first message: post-quantum key shares and a long list of everything fit well.
  private static final int MAX_HELLO_BYTES = 16 * 1024;

  private static final int NO_TIMEOUT = 0;

  /// How long the end of a connection waits behind what a slow reader has not taken.
  private static final int FAREWELL_TIMEOUT_MS = 1_000;

  public TlsHandshake(CertificateDirectory certificates) {
    super(certificates::context, MAX_HELLO_BYTES, NO_TIMEOUT);
  }

  @Override
  protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
    SslHandler handler = super.newSslHandler(context, allocator);
    handler.setHandshakeTimeoutMillis(NO_TIMEOUT);
    handler.setCloseNotifyFlushTimeoutMillis(FAREWELL_TIMEOUT_MS);
    return handler;
  }
}
