package io.aftersend.query.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What we are to an identity provider, and whose numbers its people may see.
///
/// @param issuer the provider, whose discovery document lies below it
/// @param clientSecret null for a public client
/// @param name what the sign-in page calls the provider
/// @param tenantClaim the claim of the ID token that says whose person it is
/// @param tenants tenants by the claim's value; empty: the value is the tenant's id
public record OidcClient(
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    String name,
    String tenantClaim,
    Map<String, String> tenants) {
  public OidcClient {
    tenants = Map.copyOf(tenants);
  }

  /// The tenant that the claims lead to: of several values the first that is known. Null when there
  /// is none.
  @Nullable String tenant(JWTClaimsSet claims) {
    Object value = claims.getClaim(tenantClaim);
    List<?> values =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    for (Object one : values) {
      String text = String.valueOf(one);
      String tenant = tenants.isEmpty() ? text : tenants.get(text);
      if (tenant != null) {
        return tenant;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return "OidcClient[" + issuer + ", " + clientId + "]";
  }
}
