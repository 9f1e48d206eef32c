/// Signed references for tracked mail: the token format, its signer and its verifier.
///
/// A sender builds tracked URLs with [TrackedLinks] (or bare tokens with [TokenSigner]); a server
/// that answers them checks them with a [TokenVerifier]. Both find their keys in a [KeyRing]. The
/// bytes on the wire are described in `docs/token-format.md`.
@NullMarked
package io.aftersend.links;

import org.jspecify.annotations.NullMarked;
