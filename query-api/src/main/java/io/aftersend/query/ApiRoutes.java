package io.aftersend.query;

import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignTable;
import io.aftersend.query.click.LinkTable;
import io.aftersend.query.dimension.DimensionTable;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Route;
import io.aftersend.query.page.Page;
import io.aftersend.query.people.PeopleTable;
import io.aftersend.runtime.admin.HealthAnswer;
import io.aftersend.runtime.admin.MetricsText;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.tenants.Scope;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The table of all routes: what there is, and which scope it takes.
final class ApiRoutes {
  private static final Set<Scope> READ = Set.of(Scope.READ);
  private static final Set<Scope> ADMIN = Set.of(Scope.ADMIN);
  private static final Set<Scope> READ_OR_OPERATE = Set.of(Scope.READ, Scope.OPERATE);
  private static final Set<Scope> INGEST_OR_ADMIN = Set.of(Scope.INGEST, Scope.ADMIN);

  private ApiRoutes() {}

  /// What the routes of the API do.
  record Operations(
      CampaignTable campaigns,
      CampaignNumbers campaign,
      Route.Operation update,
      Route.Operation heatmap,
      Route.Operation mailboxHeatmap,
      LinkTable clicks,
      List<DimensionTable> dimensions,
      Route.Operation links,
      Route.Operation updateList,
      Route.Operation lists,
      Route.Operation growth,
      Route.Operation conversions,
      Route.Operation events,
      Route.Operation live,
      Route.Operation distributions,
      Route.Operation timeline,
      Route.Operation audience,
      Route.Operation comparison,
      Route.Operation totals,
      Route.Operation accounting,
      Function<PeopleTable, Route.Operation> people,
      List<Route> webhooks) {}

  static List<Route> of(
      Operations operations, List<Route> signIn, Health health, PrometheusRegistry registry) {
    List<Route> routes = new ArrayList<>(Page.routes());
    routes.addAll(signIn);
    routes.add(Route.open("GET", "/health/live", call -> healthAnswer(HealthAnswer.live(health))));
    routes.add(
        Route.open("GET", "/health/ready", call -> healthAnswer(HealthAnswer.ready(health))));
    routes.add(Route.open("GET", "/metrics", call -> metrics(registry)));
    routes.add(Route.secured("GET", "/api/v1/campaigns", READ, operations.campaigns()));
    routes.add(Route.secured("GET", "/api/v1/campaigns/{id}", READ, operations.campaign()));
    routes.add(Route.secured("PUT", "/api/v1/campaigns/{id}", ADMIN, operations.update()));
    routes.add(Route.secured("GET", "/api/v1/campaigns/{id}/heatmap", READ, operations.heatmap()));
    routes.add(
        Route.secured("GET", "/api/v1/campaigns/{id}/timeline", READ, operations.timeline()));
    routes.add(
        Route.secured("GET", "/api/v1/campaigns/{id}/recipients", READ, operations.audience()));
    routes.add(
        Route.secured("GET", "/api/v1/campaigns/{id}/compare", READ, operations.comparison()));
    routes.add(Route.secured("GET", "/api/v1/totals", READ, operations.totals()));
    routes.add(
        Route.secured("GET", "/api/v1/accounting", READ_OR_OPERATE, operations.accounting()));
    routes.add(
        Route.secured(
            "GET", "/api/v1/campaigns/{id}/distributions", READ, operations.distributions()));
    routes.add(Route.secured("GET", "/api/v1/campaigns/{id}/links", READ, operations.clicks()));
    for (DimensionTable table : operations.dimensions()) {
      routes.add(Route.secured("GET", "/api/v1/campaigns/{id}/" + table.name(), READ, table));
    }
    routes.add(Route.secured("GET", "/api/v1/lists", READ, operations.lists()));
    routes.add(Route.secured("PUT", "/api/v1/lists/{id}", ADMIN, operations.updateList()));
    routes.add(Route.secured("GET", "/api/v1/lists/{id}/growth", READ, operations.growth()));
    routes.add(Route.secured("GET", "/api/v1/conversions", READ, operations.conversions()));
    routes.add(Route.secured("GET", "/api/v1/events", READ, operations.events()));
    routes.add(Route.secured("GET", "/api/v1/live", READ, operations.live()));
    for (PeopleTable table : PeopleTable.values()) {
      routes.add(Route.secured("GET", table.template(), READ, operations.people().apply(table)));
    }
    routes.add(
        Route.secured("GET", "/api/v1/mailboxes/{id}/heatmap", READ, operations.mailboxHeatmap()));
    routes.add(Route.secured("POST", "/api/v1/links", INGEST_OR_ADMIN, operations.links()));
    routes.addAll(operations.webhooks());
    return routes;
  }

  private static Answer healthAnswer(HealthAnswer health) {
    return new Answer(
        health.status(),
        HealthAnswer.CONTENT_TYPE,
        health.body().getBytes(StandardCharsets.UTF_8),
        Map.of());
  }

  private static Answer metrics(PrometheusRegistry registry) {
    return new Answer(200, MetricsText.CONTENT_TYPE, MetricsText.of(registry), Map.of());
  }
}
