package io.aftersend.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.runtime.limit.KeyRate;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.Tenants;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
  @Test
  void tellsNothingOfItsOwnMistakes() {
    Route broken =
        Route.open(
            "GET",
            "/broken",
            call -> {
              throw new IllegalStateException("secret");
            });
    Tenants nobody = Tenants.of(Secret.of(new byte[32]), List.of());
    Routes routes =
        new Routes(
            List.of(broken),
            () -> nobody,
            request -> null,
            new KeyRate(1, () -> 0),
            (template, method, status, elapsedNs) -> {});

    Answer answer =
        routes.answer(new ApiRequest("GET", "/broken", "", Map.of(), InputStream::nullInputStream));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
  }
}
