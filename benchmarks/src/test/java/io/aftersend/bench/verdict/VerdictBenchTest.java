package io.aftersend.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.processor.verdict.Judgement;
import io.aftersend.processor.verdict.RuleFile;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.processor.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictBenchTest {
  @Test
  void everyCaseNamesItsSourceAndBothPartsHavePeopleAndMachines() {
    List<VerdictCase> cases = VerdictCases.all();

    assertThat(cases).allSatisfy(known -> assertThat(known.source()).startsWith("https://"));
    for (boolean isHeldOut : new boolean[] {true, false}) {
      assertThat(cases.stream().filter(known -> known.isHeldOut() == isHeldOut))
          .flatMap(VerdictCase::hits)
          .anyMatch(hit -> hit.expected().isHuman())
          .anyMatch(hit -> !hit.expected().isHuman());
    }
  }

  @Test
  void noSourceIsOnBothSides() {
    List<VerdictCase> cases = VerdictCases.all();
    List<String> heldOut =
        cases.stream().filter(VerdictCase::isHeldOut).map(VerdictCase::source).toList();

    assertThat(cases.stream().filter(known -> !known.isHeldOut()).map(VerdictCase::source))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(heldOut);
  }

  @Test
  void threeHundredCasesOfWhichThirtyInAHundredAreHeldOut() {
    List<VerdictCase> cases = VerdictCases.all();

    assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
    assertThat(cases.stream().filter(VerdictCase::isHeldOut).count())
        .isGreaterThanOrEqualTo(cases.size() * 3L / 10);
  }

  @Test
  void noMailProxyIsABotOrScannerAndNoPrefetchAPerson() {
    RuleTable rules = RuleFile.builtIn();

    assertThat(verdicts(rules, Verdict.PROXY))
        .isNotEmpty()
        .doesNotContain(Verdict.BOT, Verdict.SCANNER);
    assertThat(verdicts(rules, Verdict.PREFETCH))
        .isNotEmpty()
        .doesNotContain(Verdict.HUMAN, Verdict.PROXY);
  }

  private static List<Verdict> verdicts(RuleTable rules, Verdict expected) {
    List<Verdict> verdicts = new ArrayList<>();
    for (VerdictCase known : VerdictCases.all()) {
      List<Judgement> judgements = VerdictBench.judge(rules, known);
      for (int i = 0; i < judgements.size(); i++) {
        if (known.hits().get(i).expected() == expected) {
          verdicts.add(judgements.get(i).verdict());
        }
      }
    }
    return verdicts;
  }

  @Test
  void matrixCountsWhoWasTakenForWhom() {
    ConfusionMatrix matrix = new ConfusionMatrix();
    matrix.add(Verdict.HUMAN, Verdict.HUMAN);
    matrix.add(Verdict.PROXY, Verdict.HUMAN);
    matrix.add(Verdict.HUMAN, Verdict.SCANNER);
    matrix.add(Verdict.BOT, Verdict.SCANNER);
    matrix.add(Verdict.BOT, Verdict.HUMAN);

    assertThat(matrix.count(Verdict.BOT, Verdict.SCANNER)).isEqualTo(1);
    assertThat(matrix.peopleKept()).startsWith("2 of 3");
    assertThat(matrix.machinesFound()).startsWith("1 of 2");
  }

  @Test
  void printsAMatrixForEachPart() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    VerdictBench.run(null, true, new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .contains("Cases that the rules were written from", "Cases held out")
        .filteredOn(line -> line.startsWith("people kept: "))
        .hasSize(2);
  }
}
