package io.aftersend.bench.load;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.util.Optional;

/// A way to build the edge that was not taken, or the bare form of the one that was.
enum Choice {
  EPOLL("bare epoll", "epoll", "raw"),
  IO_URING("bare io_uring", "io_uring", "raw"),
  NETTY_CODEC("bare epoll, HttpServerCodec", "epoll", "codec");

  private final String title;
  private final String transport;
  private final String codec;

  Choice(String title, String transport, String codec) {
    this.title = title;
    this.transport = transport;
    this.codec = codec;
  }

  String title() {
    return title;
  }

  /// Of [io.aftersend.bench.bare.BareMain].
  String transport() {
    return transport;
  }

  /// Of [io.aftersend.bench.bare.BareMain].
  String codec() {
    return codec;
  }

  /// Why it cannot run on this machine, if it cannot.
  Optional<String> obstacle() {
    Throwable cause =
        transport.equals("epoll") ? Epoll.unavailabilityCause() : IoUring.unavailabilityCause();
    return Optional.ofNullable(cause).map(Throwable::getMessage);
  }
}
