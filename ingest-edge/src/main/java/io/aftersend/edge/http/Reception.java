package io.aftersend.edge.http;

import io.aftersend.edge.http.HttpEvents.CloseReason;
import io.aftersend.edge.limit.AddressQuota;
import io.aftersend.edge.proxy.ForwardedChain;
import io.aftersend.edge.proxy.ForwardedMode;
import io.aftersend.edge.proxy.ProxyConfig;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What decides who is served: the places for connections, in all and for each client, and what
/// each event loop serves them with. Safe for the event loops.
final class Reception {
  private final HttpConfig config;
  private final HttpEvents events;
  private final AddressQuota quota;
  private final IdentityHashMap<EventExecutor, Desk> desks = new IdentityHashMap<>();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean isDraining;

  Reception(HttpConfig config, HttpEvents events) {
    this.config = config;
    this.events = events;
    this.quota = new AddressQuota(config.maxConnectionsPerAddress());
  }

  /// What one event loop serves with.
  ///
  /// @param chain null when no header counts
  private record Desk(LoopParts parts, @Nullable ForwardedChain chain) {}

  /// Adds an event loop. All have to be there before the first connection.
  void add(EventExecutor loop, LoopParts parts) {
    ForwardedMode mode = proxies().forwarded();
    ForwardedChain chain =
        mode == ForwardedMode.OFF ? null : new ForwardedChain(proxies().trusted(), mode);
    desks.put(loop, new Desk(parts, chain));
  }

  ProxyConfig proxies() {
    return config.proxies();
  }

  HttpLimits limits() {
    return config.limits();
  }

  HttpEvents events() {
    return events;
  }

  /// The connections that are open now.
  int openConnections() {
    return open.get();
  }

  ChannelGroup connections() {
    return connections;
  }

  /// Lets nobody in any more.
  void beginDraining() {
    isDraining = true;
  }

  boolean isTrusted(byte @Nullable [] address) {
    return address != null && proxies().trusted().contains(address);
  }

  /// Gives a new connection one of all places, or closes it.
  ///
  /// @return whether it may go on
  boolean admit(Channel channel) {
    if (open.incrementAndGet() > limits().maxConnections() || isDraining) {
      open.decrementAndGet();
      return refuse(channel, CloseReason.TOO_MANY_CONNECTIONS);
    }
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    connections.add(channel);
    if (isDraining) {
      var _ = channel.close();
      return false;
    }
    return true;
  }

  /// Gives a connection one of its client's places, or closes it. A proxy has as many as it wants.
  ///
  /// @param client null: not known
  /// @return whether it may go on
  boolean admit(Channel channel, byte @Nullable [] client) {
    if (client == null || isTrusted(client)) {
      return true;
    }
    if (!quota.tryTake(client)) {
      return refuse(channel, CloseReason.TOO_MANY_OF_ADDRESS);
    }
    channel.closeFuture().addListener(closed -> quota.release(client));
    return true;
  }

  private boolean refuse(Channel channel, CloseReason reason) {
    events.closed(reason);
    var _ = channel.close();
    return false;
  }

  /// The handler that serves a connection.
  ///
  /// @param peer the client, or the last proxy before us; null: not known
  Connection serve(Channel channel, byte @Nullable [] peer) {
    Desk desk = Objects.requireNonNull(desks.get(channel.eventLoop()), "an event loop of ours");
    ForwardedChain chain = desk.chain;
    ClientAddress client =
        chain != null && peer != null && isTrusted(peer)
            ? ClientAddress.forwarded(peer, header(proxies().forwarded()), chain)
            : ClientAddress.ofPeer(peer);
    return new Connection(desk.parts, channel, client);
  }

  private static Header header(ForwardedMode mode) {
    return mode == ForwardedMode.X_FORWARDED_FOR ? Header.X_FORWARDED_FOR : Header.FORWARDED;
  }
}
