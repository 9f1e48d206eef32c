package io.aftersend.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QueryPartsTest {
  private static final long NS_PER_MS = 1_000_000;

  @Test
  void percentilesAreValuesThatWereMeasured() {
    long[] hundred = LongStream.rangeClosed(1, 100).map(ms -> (101 - ms) * NS_PER_MS).toArray();

    assertThat(Figures.of(hundred, 7)).isEqualTo(new Figures(50, 95, 7));
    assertThat(Figures.of(new long[] {3 * NS_PER_MS}, 0)).isEqualTo(new Figures(3, 3, 0));
  }

  @Test
  void asksOnceMoreThanItMeasures() throws Exception {
    long[] asked = new long[1];

    Figures figures = Figures.of(5, () -> ++asked[0]);

    assertThat(asked[0]).isEqualTo(6);
    assertThat(figures.rowsRead()).isEqualTo(6);
  }

  @Test
  void takesQueriesWithTheirTitlesFromThePage() {
    String page =
        "# T\n\n### 1. What?\n\n```sql\nSELECT 1\n```\n\nSo.\n\n### View\n\n```sql\nx\n```\n";

    assertThat(AnalystQueries.of(page)).containsExactly(Map.entry("1. What?", "SELECT 1"));
    assertThat(AnalystQueries.read(Path.of(".."))).hasSize(20);
  }

  @Test
  void everyMessageIsMadeOnce() {
    assertThat(new GeneratedRows(1_400_000 + 280).statements())
        .filteredOn(sql -> sql.contains("'sent', 'human'"))
        .satisfiesExactly(
            first -> assertThat(first).contains("numbers(0, 500000)"),
            rest -> assertThat(rest).contains("numbers(500000, 100)"));
  }
}
