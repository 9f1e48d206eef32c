package io.aftersend.edge.tls;

import io.aftersend.edge.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// A TLS client that takes whatever certificate it is shown, and tells which.
public final class TlsClient implements AutoCloseable {
  public final RawClient http;
  private final SSLSocket socket;

  /// @param host asked for by SNI; null: none
  public TlsClient(int port, @Nullable String host, String... protocols) throws Exception {
    this(RawClient.connected(port), host, protocols);
  }

  /// @param connection on which TLS has yet to begin; taken
  public TlsClient(Socket connection, @Nullable String host, String... protocols) throws Exception {
    socket =
        (SSLSocket) context().getSocketFactory().createSocket(connection, "localhost", 1, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(host == null ? List.of() : List.of(new SNIHostName(host)));
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(30_000);
    socket.startHandshake();
    http = new RawClient(socket);
  }

  private static SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    X509TrustManager everything =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String authType) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String authType) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {everything}, new SecureRandom());
    return context;
  }

  /// The subject of the server's certificate, such as `CN=a.example`.
  public String subject() throws IOException {
    X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return leaf.getSubjectX500Principal().getName();
  }

  public String protocol() {
    return socket.getSession().getProtocol();
  }

  public String applicationProtocol() {
    return socket.getApplicationProtocol();
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
