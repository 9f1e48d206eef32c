package io.aftersend.edge.tls;

import java.nio.file.Path;

/// Where TLS is served, and with what.
///
/// @param port 0 takes any free one
/// @param directory certificates and keys; see [CertificateDirectory]
public record TlsConfig(int port, Path directory) {}
