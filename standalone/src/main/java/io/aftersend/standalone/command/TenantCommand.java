package io.aftersend.standalone.command;

import picocli.CommandLine.Command;

/// What concerns tenants.
@Command(name = "tenant", description = "Adds and lists tenants.")
final class TenantCommand extends Group {}
