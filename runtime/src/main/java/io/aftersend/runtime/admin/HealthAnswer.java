package io.aftersend.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.LifecycleState;
import java.util.Map;

/// The answer to a question after a service's health, for any HTTP library.
///
/// @param status 200 or 503
/// @param body JSON, `{"state":"READY","problems":{"kafka":"…"}}`
public record HealthAnswer(int status, String body) {
  /// The media type of [#body()].
  public static final String CONTENT_TYPE = "application/json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Whether the process should go on living: 200 until it is stopped. Asks no checks, so that a
  /// broken neighbour does not get a healthy process restarted.
  public static HealthAnswer live(Health health) {
    LifecycleState state = health.state();
    return of(state != LifecycleState.STOPPED, state, Map.of());
  }

  /// Whether the service should get work: 200 when it is ready and no check has a problem.
  public static HealthAnswer ready(Health health) {
    LifecycleState state = health.state();
    Map<String, String> problems = health.problems();
    return of(state == LifecycleState.READY && problems.isEmpty(), state, problems);
  }

  private static HealthAnswer of(
      boolean isWell, LifecycleState state, Map<String, String> problems) {
    ObjectNode body = JSON.createObjectNode().put("state", state.name());
    ObjectNode byName = body.putObject("problems");
    problems.forEach(byName::put);
    return new HealthAnswer(isWell ? 200 : 503, body.toString());
  }
}
