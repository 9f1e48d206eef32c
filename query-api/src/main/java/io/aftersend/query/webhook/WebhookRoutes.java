package io.aftersend.query.webhook;

import io.aftersend.query.http.Route;
import io.aftersend.query.webhook.delivery.Courier;
import io.aftersend.query.webhook.receiver.Targets;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.runtime.tenants.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The routes below `/api/v1/webhooks`: reading takes the scope `read`, all else `admin`.
public final class WebhookRoutes {
  private static final Set<Scope> READ = Set.of(Scope.READ);
  private static final Set<Scope> ADMIN = Set.of(Scope.ADMIN);

  private WebhookRoutes() {}

  /// What requests may send and get.
  ///
  /// @param maxCsvRows the most rows of one table given as CSV
  public record Limits(long maxBodyBytes, int maxCsvRows) {}

  /// The routes.
  ///
  /// @param random that nobody can foresee
  public static List<Route> of(
      WebhookStore store,
      Targets targets,
      Courier courier,
      InstantSource clock,
      RandomGenerator random,
      Limits limits) {
    WebhookWrites writes = new WebhookWrites(store, targets, clock, random, limits.maxBodyBytes());
    String all = "/api/v1/webhooks";
    String one = all + "/{id}";
    return List.of(
        Route.secured("GET", all, READ, new WebhookTable(store, clock, limits.maxCsvRows())),
        Route.secured("POST", all, ADMIN, writes::create),
        Route.secured("GET", one, READ, writes::get),
        Route.secured("PUT", one, ADMIN, writes::update),
        Route.secured("DELETE", one, ADMIN, writes::remove),
        Route.secured(
            "POST", one + "/test", ADMIN, new WebhookTrial(store, courier, clock, random)),
        Route.secured("GET", one + "/dead", READ, new DeadTable(store, limits.maxCsvRows())),
        Route.secured(
            "POST", one + "/replay", ADMIN, new ReplayOrder(store, clock, limits.maxBodyBytes())));
  }
}
