package io.aftersend.edge.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/// Where requests come from, and their answers go: what an [Exchange] needs of its connection. See
/// there.
interface RequestSource {
  void answer(Exchange of, Answer answer, byte[] location, int offset, int length);

  void readBody(Exchange of, long limitBytes, BodySink into);

  EventExecutor loop();

  ByteBufAllocator allocator();

  byte @Nullable [] clientAddress();
}
