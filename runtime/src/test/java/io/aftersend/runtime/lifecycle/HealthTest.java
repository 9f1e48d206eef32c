package io.aftersend.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();

  @Test
  void movesForwardOnly() {
    assertThat(health.state()).isEqualTo(LifecycleState.STARTING);
    assertThat(health.moveTo(LifecycleState.DRAINING)).isTrue();
    assertThat(health.moveTo(LifecycleState.READY)).isFalse();
    assertThat(health.state()).isEqualTo(LifecycleState.DRAINING);
    assertThat(health.moveTo(LifecycleState.STOPPED)).isTrue();
    assertThat(health.state()).isEqualTo(LifecycleState.STOPPED);
  }

  @Test
  void asksItsChecksEachTime() {
    AtomicReference<@Nullable String> kafka = new AtomicReference<>("no broker answers");
    health.addCheck("kafka", kafka::get);
    health.addCheck("tenants", () -> null);

    assertThat(health.problems()).isEqualTo(Map.of("kafka", "no broker answers"));
    kafka.set(null);
    assertThat(health.problems()).isEmpty();
  }

  @Test
  void takesACheckThatThrowsForAProblem() {
    health.addCheck(
        "kafka",
        () -> {
          throw new IllegalStateException("closed");
        });

    assertThat(health.problems())
        .isEqualTo(
            Map.of("kafka", "the check itself failed: java.lang.IllegalStateException: closed"));
  }

  @Test
  void refusesASecondCheckOfTheSameName() {
    health.addCheck("kafka", () -> null);

    assertThatThrownBy(() -> health.addCheck("kafka", () -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kafka");
  }
}
