package io.aftersend.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.query.problem.ProblemException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
  private static final List<String> OFFERED = List.of(MediaTypes.JSON, MediaTypes.CSV);

  private static ApiRequest accepting(String accept) {
    return new ApiRequest("GET", "/", "", Map.of("accept", accept), InputStream::nullInputStream);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv | text/csv",
        "TEXT/CSV; charset=utf-8 | text/csv",
        "application/json, text/csv | application/json",
        "application/json;q=0.5, text/csv | text/csv",
        "*/* | application/json",
        "text/* | text/csv",
        "text/html, */*;q=0.1 | application/json",
        "text/csv;q=0, */* | application/json",
        "application/json;q=0, */* | text/csv",
        "text/csv;q=nonsense | text/csv"
      })
  void givesWhatIsLikedBest(String accept, String given) {
    assertThat(MediaTypes.preferred(accepting(accept), OFFERED)).isEqualTo(given);
  }

  @Test
  void refusesWhatItCannotGive() {
    for (String accept : List.of("text/html", "text/csv;q=0, application/json;q=0", "image/*")) {
      assertThatThrownBy(() -> MediaTypes.preferred(accepting(accept), OFFERED))
          .isInstanceOf(ProblemException.class)
          .hasMessageStartingWith("406");
    }
  }
}
