package io.aftersend.query.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFailureTest {
  @ParameterizedTest
  @CsvSource({
    "159, TOO_SLOW",
    "160, TOO_SLOW",
    "202, BUSY",
    "241, BUSY",
    "-1, BUSY",
    "60, NOT_MIGRATED",
    "81, NOT_MIGRATED",
    "210, UNREACHABLE",
    "516, UNREACHABLE",
    "62, WRONG",
    "396, WRONG"
  })
  void knowsTheServersErrors(int code, QueryFailure expected) {
    assertThat(QueryFailure.of(new SQLException("x", null, code))).isEqualTo(expected);
  }

  @Test
  void tellsSlowFromAway() {
    assertThat(QueryFailure.of(new SQLException("x", new ConnectException("refused"))))
        .isEqualTo(QueryFailure.UNREACHABLE);
    assertThat(QueryFailure.of(new SQLException("x", new SocketTimeoutException("read"))))
        .isEqualTo(QueryFailure.TOO_SLOW);
  }
}
