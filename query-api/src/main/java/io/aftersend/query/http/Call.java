package io.aftersend.query.http;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that was routed and let in.
///
/// @param key the key that it presented; null on a route that asks for none
/// @param path the decoded values of the template's placeholders
public record Call(ApiRequest request, @Nullable ApiKey key, Map<String, String> path) {
  public Call {
    path = Map.copyOf(path);
  }

  /// The tenant that the answer must keep to.
  ///
  /// @throws IllegalStateException on a route that asks for no key
  public String tenant() {
    if (key == null) {
      throw new IllegalStateException("a route without a key has no tenant");
    }
    return key.tenant();
  }

  /// Asks for one more scope than the route does.
  ///
  /// @param reason why, as the start of a sentence that goes on "needs a key with scope ..."
  /// @throws ProblemException with status 403 when the key lacks the scope
  public void requireScope(Scope scope, String reason) {
    if (key == null || !key.allows(scope)) {
      throw Authentication.insufficient(
          "%s needs a key with scope %s".formatted(reason, scope.text()), scope.text());
    }
  }

  /// The value of the placeholder `id`.
  ///
  /// @param name what it is the id of, for the message
  /// @throws ProblemException with status 400 when it is no id as all of the product's ids are
  public String id(String name) {
    String id = path("id");
    if (!Text.isId(id)) {
      throw new ProblemException(
          Problem.wrongParameter(
              name, "expected " + Text.ID_EXPECTED + ", got " + Text.quoted(id)));
    }
    return id;
  }

  /// The value of a placeholder.
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no placeholder " + name);
    }
    return value;
  }
}
