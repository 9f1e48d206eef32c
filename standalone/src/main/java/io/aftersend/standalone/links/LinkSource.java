package io.aftersend.standalone.links;

import io.aftersend.links.MessageLinks;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.access.Access;
import io.aftersend.standalone.access.HttpApi;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What signs the tracked URLs of one message.
public interface LinkSource {
  /// Signs.
  ///
  /// @throws RefusedOrderException when a value is not as expected
  /// @throws io.aftersend.runtime.lifecycle.StartupException when it cannot be asked
  MessageLinks sign(LinkOrder order) throws InterruptedException;

  /// The running API; for another tenant than that of the key at hand, whose key nobody has told,
  /// the tenants file of this machine.
  ///
  /// @param tenant the tenant asked for; null: that of the key
  static LinkSource choose(Map<String, String> values, @Nullable String tenant) {
    Access access = Access.of(values);
    boolean isOther = tenant != null && !tenant.equals(access.tenantOrNull());
    if (tenant != null && isOther && !access.isKeyGiven()) {
      return LocalLinks.of(values, access, tenant);
    }
    if (isOther && access.tenantOrNull() != null) {
      throw new StartupException(
          "--tenant %s, but AFTERSEND_KEY is of tenant %s: expected the same tenant"
              .formatted(tenant, access.tenantOrNull()));
    }
    return order -> {
      try (HttpApi api = new HttpApi(access.apiUrl(), access.key())) {
        return new LinksApi(api).sign(order);
      }
    };
  }
}
