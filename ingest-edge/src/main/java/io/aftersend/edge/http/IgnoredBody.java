package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;

/// The sink of bodies that nobody wants. Has no state.
final class IgnoredBody implements BodySink {
  static final BodySink INSTANCE = new IgnoredBody();

  private IgnoredBody() {}

  @Override
  public boolean take(ByteBuf piece) {
    return true;
  }

  @Override
  public void end() {}

  @Override
  public void abort() {}
}
