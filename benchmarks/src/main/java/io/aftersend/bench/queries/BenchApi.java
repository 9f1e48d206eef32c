package io.aftersend.bench.queries;

import io.aftersend.query.ApiConfig;
import io.aftersend.query.ApiService;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.ApiKeys;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The API over the bench's database, for the tenant `acme`. Kafka is away, and not needed to read.
final class BenchApi implements AutoCloseable {
  private static final int SECRET_BYTES = 32;
  private static final int RETENTION_DAYS = 400;

  private final ApiService service;
  private final String key;
  private final HttpClient http = HttpClient.newHttpClient();

  private BenchApi(ApiService service, String key) {
    this.service = service;
    this.key = key;
  }

  static BenchApi start(Map<String, String> settings) {
    SecureRandom random = new SecureRandom();
    ApiKeys.Drawn key = ApiKeys.draw(random);
    Tenant tenant =
        new Tenant(
            "acme",
            "Asia/Baku",
            RETENTION_DAYS,
            Instant.EPOCH,
            List.of(),
            List.of(key.entry(Set.of(Scope.READ), Instant.EPOCH)));
    Tenants tenants = Tenants.of(Secret.draw(random, SECRET_BYTES), List.of(tenant));
    ApiService service =
        ApiService.start(
            ApiConfig.from(settings),
            () -> tenants,
            new PrometheusRegistry(),
            URI.create("http://127.0.0.1:1"));
    return new BenchApi(service, key.text());
  }

  /// Asks for a path below `/api/v1`.
  void get(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.url() + "/api/v1" + path))
            .header("Authorization", "Bearer " + key)
            .GET()
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StartupException("the API refused " + path + ": " + response.body());
      }
    } catch (IOException e) {
      throw new StartupException("the API does not answer: " + e, e);
    }
  }

  @Override
  public void close() {
    http.close();
    service.close();
  }
}
