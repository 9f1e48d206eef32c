package io.aftersend.edge.hit;

import io.aftersend.edge.field.HostSlice;
import io.aftersend.edge.http.Header;
import io.aftersend.edge.http.Method;
import io.aftersend.edge.http.RequestHead;
import io.aftersend.edge.network.IpAddress;
import io.aftersend.edge.network.Network;
import io.aftersend.edge.network.NetworkClass;
import io.aftersend.edge.network.NetworkTable;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The encoder of what a request itself shows: the fields of an event from `method` to `asn`. One
/// per event loop; allocates nothing.
final class RequestTraces {
  private static final int MAX_USER_AGENT = 1024;
  private static final byte[] PREFETCH = "prefetch".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PREVIEW = "preview".getBytes(StandardCharsets.US_ASCII);

  private final Supplier<NetworkTable> networks;
  private final Map<Method, byte[]> methods = new EnumMap<>(Method.class);
  private final Map<NetworkClass, byte[]> classes = new EnumMap<>(NetworkClass.class);
  private final HostSlice host = new HostSlice();
  private final byte[] address = new byte[IpAddress.MAX_TRUNCATED_TEXT];

  RequestTraces(Supplier<NetworkTable> networks) {
    this.networks = networks;
    for (Method method : Method.values()) {
      methods.put(method, AvroBytes.constantOptionalText(method.name()));
    }
    for (NetworkClass networkClass : NetworkClass.values()) {
      classes.put(networkClass, AvroBytes.constantOptionalText(networkClass.wireName()));
    }
  }

  /// Writes the fields.
  ///
  /// @param client the client's address as 4 or 16 bytes
  /// @param isTraced whether what tells one device from another may be in the event
  void write(RequestHead head, byte @Nullable [] client, boolean isTraced, AvroBytes out) {
    out.raw(constant(methods.get(head.method())));
    out.raw((byte) 2);
    out.flag(isPrefetch(head));
    writeHost(head, out);
    if (isTraced) {
      writeReferer(head, out);
      writeUserAgent(head, out);
    } else {
      out.nulls(2);
    }
    writeNetwork(client, isTraced, out);
  }

  /// Whether a program says that it fetches before anybody asks. Each browser family has a header
  /// of its own for that.
  private static boolean isPrefetch(RequestHead head) {
    return head.startsWith(Header.SEC_PURPOSE, PREFETCH)
        || head.is(Header.PURPOSE, PREFETCH)
        || head.is(Header.X_MOZ, PREFETCH)
        || head.is(Header.X_PURPOSE, PREVIEW)
        || head.is(Header.X_PURPOSE, PREFETCH);
  }

  private void writeHost(RequestHead head, AvroBytes out) {
    int from = head.offset(Header.HOST);
    if (host.find(head.bytes(), from, from + head.length(Header.HOST))) {
      out.optionalLowerCase(head.bytes(), host.offset(), host.length());
    } else {
      out.nulls(1);
    }
  }

  private void writeReferer(RequestHead head, AvroBytes out) {
    int from = head.offset(Header.REFERER);
    if (host.findInUrl(head.bytes(), from, from + head.length(Header.REFERER))) {
      out.optionalLowerCase(head.bytes(), host.offset(), host.length());
    } else {
      out.nulls(1);
    }
  }

  /// Cut to a bounded length.
  private static void writeUserAgent(RequestHead head, AvroBytes out) {
    if (head.has(Header.USER_AGENT)) {
      int length = Math.min(head.length(Header.USER_AGENT), MAX_USER_AGENT);
      out.optionalPrintable(head.bytes(), head.offset(Header.USER_AGENT), length);
    } else {
      out.nulls(1);
    }
  }

  private void writeNetwork(byte @Nullable [] client, boolean isTraced, AvroBytes out) {
    if (client == null) {
      out.nulls(3); // ip, network_class, asn
      return;
    }
    Network network = networks.get().find(client);
    if (isTraced) {
      out.optionalText(address, 0, IpAddress.writeTruncated(client, address, 0));
    } else {
      out.nulls(1);
    }
    out.raw(constant(classes.get(network.networkClass())));
    Long asn = isTraced ? network.asn() : null;
    if (asn == null) {
      out.nulls(1);
    } else {
      out.optionalNumber(asn);
    }
  }

  private static byte[] constant(byte @Nullable [] bytes) {
    return Objects.requireNonNull(bytes, "every constant has its bytes");
  }
}
