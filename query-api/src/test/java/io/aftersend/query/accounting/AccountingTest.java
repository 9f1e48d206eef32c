package io.aftersend.query.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.accounting.LaneBalance.EdgePart;
import io.aftersend.query.accounting.LaneBalance.ProcessorPart;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.Call;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountingTest {
  private final TestApi api = new TestApi();

  private static LaneBalance lane(String journal, int lane, long highest, long stored) {
    EdgePart edge = new EdgePart("edge", TestApi.NOW, highest, highest, 0, Map.of(), 0, 0, 0);
    ProcessorPart processor = new ProcessorPart(TestApi.NOW, stored, 2, Map.of("bad", 1L), 0);
    return new LaneBalance(journal, lane, edge, processor, 0, highest - stored - 3, stored);
  }

  @Test
  void saysHowFarEventsCame() {
    api.lanes.lanes.add(lane("aa", 0, 10, 7));
    api.lanes.lanes.add(lane("aa", 1, 20, 16));

    JsonNode answer = TestApi.json(api.get("/api/v1/accounting"));

    assertThat(answer.path("balanced").asBoolean()).isFalse();
    assertThat(answer.path("accepted").asLong()).isEqualTo(30);
    assertThat(answer.path("journaled").asLong()).isEqualTo(30);
    assertThat(answer.path("published").asLong()).isEqualTo(30);
    assertThat(answer.path("processed").asLong()).isEqualTo(29);
    assertThat(answer.path("stored").asLong()).isEqualTo(23);
    assertThat(answer.at("/totals/missing").asLong()).isEqualTo(1);
    assertThat(answer.at("/lanes/0/stored_rows").isNull()).isTrue();
    assertThat(
            TestApi.json(api.get("/api/v1/accounting?rows=counted"))
                .at("/lanes/0/stored_rows")
                .asLong())
        .isEqualTo(7);
  }

  @Test
  void showsTheSumsOfSeveralTenantsToTheirOperatorOnly() {
    Answer answer = api.get(TestApi.READ, "/api/v1/accounting");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(TestApi.json(answer).path("detail").asText())
        .isEqualTo("what is summed over several tenants needs a key with scope operate");
    assertThat(answer.headers().get("WWW-Authenticate")).contains("scope=\"operate\"");
    assertThat(api.get(TestApi.INGEST, "/api/v1/accounting").status()).isEqualTo(403);
  }

  @Test
  void showsTheSumsOfOneTenantToWhoeverMayRead() {
    Tenant only = new Tenant("only", "UTC", 400, TestApi.NOW, List.of(), List.of());
    Tenants one = Tenants.of(Secret.of(new byte[32]), List.of(only));
    Accounting accounting = new Accounting(api.lanes, () -> one, 10);
    ApiKey key = new ApiKey("only", "AAAAAAAA", Set.of(Scope.READ));
    ApiRequest request =
        new ApiRequest("GET", "/api/v1/accounting", "", Map.of(), InputStream::nullInputStream);

    assertThat(accounting.answer(new Call(request, key, Map.of())).status()).isEqualTo(200);
  }

  @Test
  void leadsThroughTheLanesOfAllJournals() {
    api.lanes.lanes.add(lane("bb", 0, 10, 7));
    api.lanes.lanes.add(lane("aa", 10, 10, 7));
    api.lanes.lanes.add(lane("aa", 2, 10, 7));

    JsonNode first = TestApi.json(api.get("/api/v1/accounting?limit=2"));
    JsonNode second =
        TestApi.json(api.get("/api/v1/accounting?cursor=" + first.path("next_cursor").asText()));

    assertThat(first.path("lanes").findValuesAsText("lane")).containsExactly("2", "10");
    assertThat(second.path("lanes").findValuesAsText("journal")).containsExactly("bb");
    assertThat(second.path("accepted").asLong()).isEqualTo(30);
    assertThat(TestApi.text(api.getCsv("/api/v1/accounting")).lines()).hasSize(4);
  }
}
