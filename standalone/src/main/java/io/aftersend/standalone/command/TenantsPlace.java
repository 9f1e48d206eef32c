package io.aftersend.standalone.command;

import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.TenantsFile;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.tenant.TenantAdministration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tenants file that the configuration names.
///
/// @param retentionDays for tenants without a figure of their own
/// @param tenant the one to work for, where a command does not say; null: none
record TenantsPlace(TenantsFile file, int retentionDays, @Nullable String tenant) {
  /// Reads the configuration.
  ///
  /// @param values by whole key
  /// @throws io.aftersend.runtime.config.ConfigException when the configuration is wrong
  static TenantsPlace of(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values);
    Path file = reader.tenantsFile();
    int retentionDays = reader.count(ConfigKey.RETENTION_DAYS, 1, Tenant.MAX_RETENTION_DAYS);
    String tenant = reader.textOrNull(ConfigKey.TENANT);
    reader.throwIfInvalid();
    return new TenantsPlace(new TenantsFile(file), retentionDays, tenant);
  }

  /// The tenant that a command works for: the one that it was told, else the configured one, else
  /// the only one there is.
  ///
  /// @throws StartupException when that leaves a choice
  String tenantOr(@Nullable String told) {
    if (told != null) {
      return told;
    }
    if (tenant != null) {
      return tenant;
    }
    List<Tenant> tenants = file.read().tenants();
    if (tenants.size() != 1) {
      throw new StartupException(
          "there are %d tenants: say which with --tenant".formatted(tenants.size()));
    }
    return tenants.getFirst().id();
  }

  TenantAdministration administration(Surroundings surroundings) {
    return new TenantAdministration(file, surroundings.random(), surroundings.clock());
  }
}
