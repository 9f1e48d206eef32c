package io.aftersend.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void quotesWhatNeedsIt() {
    Csv csv = new Csv(List.of("a", "b"));
    csv.text("x,y").text("say \"hi\"").endRow();
    csv.text("two\nlines").text(null).endRow();

    assertThat(csv.toString())
        .isEqualTo("a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\r\n");
  }

  @Test
  void keepsSpreadsheetsFromRunningTexts() {
    for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)")) {
      Csv csv = new Csv(List.of("a"));
      csv.text(formula).endRow();
      assertThat(csv.toString()).isEqualTo("a\r\n'" + formula + "\r\n");
    }
  }

  @Test
  void leavesIdsAndNumbersAsTheyAre() {
    Csv csv = new Csv(List.of("a", "b", "c"));
    csv.id("-id").number(-5).number(new BigDecimal("1.0E+3")).endRow();

    assertThat(csv.toString()).isEqualTo("a,b,c\r\n-id,-5,1000\r\n");
  }
}
