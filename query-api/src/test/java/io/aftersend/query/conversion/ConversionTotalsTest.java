package io.aftersend.query.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.TestApi;
import io.aftersend.query.conversion.ConversionReadModel.Sum;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversionTotalsTest {
  private static final String TARGET = "/api/v1/conversions";

  private final TestApi api = new TestApi();

  @BeforeEach
  void addSums() {
    api.conversions.sums.add(new Sum("attributed", "", 2, new BigDecimal("0.000000")));
    api.conversions.sums.add(new Sum("attributed", "AZN", 3, new BigDecimal("75.500000")));
    api.conversions.sums.add(new Sum("unattributed", "AZN", 1, new BigDecimal("20.000000")));
    api.conversions.sums.add(new Sum("attributed", "EUR", 1, new BigDecimal("0.000001")));
  }

  @Test
  void givesEveryOutcomeWithItsCurrenciesApart() {
    assertThat(TestApi.text(api.get(TARGET)))
        .isEqualTo(
            "{\"conversions\":["
                + "{\"outcome\":\"named\",\"total\":0,\"revenue\":{}},"
                + "{\"outcome\":\"attributed\",\"total\":6,\"revenue\":{\"AZN\":75.5,\"EUR\":0.000001}},"
                + "{\"outcome\":\"unattributed\",\"total\":1,\"revenue\":{\"AZN\":20}},"
                + "{\"outcome\":\"order_repeated\",\"total\":0,\"revenue\":{}}]}");
  }

  @Test
  void givesTheSumsAsCsv() {
    assertThat(TestApi.text(api.getCsv(TARGET)))
        .isEqualTo(
            String.join(
                "\r\n",
                "outcome,currency,total,revenue",
                "attributed,,2,0",
                "attributed,AZN,3,75.5",
                "attributed,EUR,1,0.000001",
                "unattributed,AZN,1,20",
                ""));
  }

  @Test
  void keepsTenantsApart() {
    assertThat(TestApi.text(api.get(TestApi.THEIRS, TARGET))).doesNotContain("AZN");
  }

  @Test
  void refusesParametersAndOtherScopes() {
    assertThat(TestApi.wrong(api.get(TARGET + "?from=2026-06-01"))).containsExactly("from");
    assertThat(api.get(TestApi.INGEST, TARGET).status()).isEqualTo(403);
  }
}
