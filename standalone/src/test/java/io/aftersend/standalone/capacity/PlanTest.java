package io.aftersend.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /// 864,000 mails a day with 2 events each: 20 events a second, 100 in the busiest minute.
  private static final Load LOAD = new Load(864_000, 2, 1, 5);

  private static final Site SITE = new Site(4, 0.5, 3, 2, 10, 100, 200, 10, 0.1);
  private static final Costs COSTS = new Costs(1, 2, 3, 4, 500, 100, 300, 200, 50, 1_000);

  @Test
  void loadIsOfTheDayAndOfItsBusiestMinute() {
    assertThat(LOAD.meanEvents()).isEqualTo(20, EXACT);
    assertThat(LOAD.peakEvents()).isEqualTo(100, EXACT);
    assertThat(LOAD.peakHits()).isEqualTo(50, EXACT);
  }

  @Test
  void smallLoadsNeedTheFewestMachines() {
    Plan plan = Plan.of(LOAD, SITE, COSTS);

    assertThat(plan.parts())
        .extracting(Plan.Part::name, Plan.Part::machines)
        .containsExactly(
            tuple("edge", 2),
            tuple("kafka", 3),
            tuple("processor", 2),
            tuple("clickhouse", 2),
            tuple("api", 2));
    assertThat(plan.total().machines()).isEqualTo(11);
  }

  @Test
  void coresDisksAndMoneyAreSummed() {
    List<Plan.Part> parts = Plan.of(LOAD, SITE, COSTS).parts();

    // 100 events a second, at 1, 3 x 2, 3 and 2 x 4 microseconds.
    assertThat(parts.get(0).cores()).isEqualTo(0.0001, EXACT);
    assertThat(parts.get(1).cores()).isEqualTo(0.0006, EXACT);
    assertThat(parts.get(2).cores()).isEqualTo(0.0003, EXACT);
    assertThat(parts.get(3).cores()).isEqualTo(0.0008, EXACT);
    // 20 events a second for 10 hours, 500 bytes each.
    assertThat(parts.get(0).gigabytes()).isEqualTo(0.36, EXACT);
    // 1,728,000 events a day for a week at 100 bytes, 86.4 million messages at 300, three times.
    assertThat(parts.get(1).gigabytes()).isEqualTo((1.2096 + 25.92) * 3, EXACT);
    assertThat(parts.get(2).gigabytes()).isEqualTo(17.28, EXACT);
    // 345.6 million events at 50 bytes, twice.
    assertThat(parts.get(3).gigabytes()).isEqualTo(34.56, EXACT);
    // Hits: 50 a second of 1,000 bytes are 0.4 Mbit/s; events: 100 of 100 bytes are 0.08.
    assertThat(parts.get(0).megabitsPerSecond()).isEqualTo(0.48, EXACT);
    assertThat(parts.get(0).monthly()).isEqualTo(2 * 4 * 10 + 0.036, EXACT);
  }

  @Test
  void machinesHaveRoomForThePeak() {
    Load big = new Load(86_400_000_000L, 2, 1, 5);

    // Ten million events a second: 10 cores at the edge, of which half may be busy, in fours.
    assertThat(Plan.of(big, SITE, COSTS).parts().get(0).machines()).isEqualTo(5);
  }

  /// Measured with everything on two cores: 11,772 events a second counted and in ClickHouse.
  @Test
  void agreesWithTheMeasuredPipeline() {
    assertThat(Costs.measured().eventsPerSecond(2)).isBetween(11_772 * 0.7, 11_772 * 1.3);
  }
}
