package io.aftersend.standalone.accounting;

import static io.aftersend.standalone.accounting.Lanes.NOW;
import static io.aftersend.standalone.accounting.Lanes.balanced;
import static io.aftersend.standalone.accounting.Lanes.lane;
import static io.aftersend.standalone.accounting.Lanes.withoutWordOfTheEdge;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.accounting.AccountingJson;
import io.aftersend.query.accounting.LaneBalance;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountingReportTest {
  private static List<String> print(LaneBalance... lanes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new AccountingReport(List.of(lanes), NOW).print(out);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void balancedLanesEndWithTheirSumAndTheEquation() {
    List<String> lines = print(balanced(0), balanced(1));

    assertThat(lines.get(1))
        .matches("00f1e2d3c4b5a697 +0 +edge-1 +110 +100 +0 +10 +90 +8 +2 +0 +90 +3");
    assertThat(lines.get(3)).matches("total +220 +200 +0 +20 +180 +16 +4 +0 +180 +6");
    assertThat(lines.subList(4, lines.size()))
        .containsExactly(
            "dropped by the edge: disk_full 20",
            "dropped later: bad_id 4",
            "balanced: 200 acknowledged = 180 stored + 16 repeats + 4 dropped");
  }

  @Test
  void whatIsMissingIsSaidLaneByLane() {
    List<String> lines =
        print(
            balanced(0),
            lane(1, NOW, 7, 0, 90L),
            lane(2, NOW, -7, 3, 90L),
            lane(3, NOW, 0, 0, 89L),
            lane(4, NOW, 0, 0, 91L),
            withoutWordOfTheEdge(5));

    assertThat(lines.subList(lines.indexOf("not balanced:") + 1, lines.size()))
        .containsExactly(
            "  journal 00f1e2d3c4b5a697 lane 1: 7 of 107 acknowledged sequences are neither stored"
                + " nor repeats nor dropped",
            "  journal 00f1e2d3c4b5a697 lane 2: the edge does not account for 3 of its 110"
                + " sequences",
            "  journal 00f1e2d3c4b5a697 lane 2: 7 sequences more than the edge's 93 acknowledged"
                + " ones came through",
            "  journal 00f1e2d3c4b5a697 lane 3: 1 of 90 stored sequences have no row",
            "  journal 00f1e2d3c4b5a697 lane 4: 1 rows more than the 90 stored sequences",
            "  journal 00f1e2d3c4b5a697 lane 5: the edge has said nothing of it yet");
  }

  @Test
  void longListOfProblemsIsCutAndSaysSo() {
    List<String> lines =
        print(
            IntStream.range(0, 25)
                .mapToObj(lane -> lane(lane, NOW, 1, 0, 90L))
                .toArray(LaneBalance[]::new));

    assertThat(lines).last().isEqualTo("  and 5 more");
  }

  @Test
  void rowsThatRetentionMayHaveTakenAreNotMissed() {
    LaneBalance lane = lane(0, NOW, 0, 0, null);

    assertThat(lane.isBalanced()).isTrue();
    assertThat(print(lane).get(1)).contains("expired");
  }

  @Test
  void earlierLanesThatBalanceShareALine() {
    Duration threeDays = Duration.ofDays(3);
    List<String> lines =
        print(
            balanced(0),
            lane(1, NOW.minus(threeDays), 0, 0, 90L),
            lane(2, NOW.minus(threeDays), 0, 0, 90L),
            lane(3, NOW.minus(threeDays), 1, 0, 90L));

    assertThat(lines.get(2)).matches("00f1e2d3c4b5a697 +3 .*");
    assertThat(lines.get(3)).matches("2 earlier lanes +220 +200 .*");
    assertThat(lines.get(4)).matches("total +440 +401 .*");
  }

  @Test
  void nothingTakenInIsBalanced() {
    assertThat(print()).containsExactly("balanced: no edge has taken anything in yet");
  }

  @Test
  void jsonHasTheSameFigures() {
    ObjectNode json = AccountingJson.of(List.of(balanced(0), lane(1, NOW, 7, 0, null)));

    assertThat(json.get("balanced").asBoolean()).isFalse();
    assertThat(json.at("/totals/acknowledged").asLong()).isEqualTo(207);
    assertThat(json.at("/totals/missing").asLong()).isEqualTo(7);
    assertThat(json.at("/totals/dropped_by_edge/disk_full").asLong()).isEqualTo(20);
    assertThat(json.at("/lanes/0/problems")).isEmpty();
    assertThat(json.at("/lanes/0/stored_rows").asLong()).isEqualTo(90);
    assertThat(json.at("/lanes/1/problems")).hasSize(1);
    assertThat(json.at("/lanes/1/stored_rows").isNull()).isTrue();
  }
}
