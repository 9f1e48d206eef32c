package io.aftersend.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.runtime.lifecycle.StartupException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StartedPartsTest {
  private final List<String> closed = new ArrayList<>();
  private final StartedParts parts = new StartedParts();

  private void add(Stage stage) {
    parts.add(stage, () -> closed.add(stage.title()));
  }

  @Test
  void partsStopFromTheEdgeToKafkaWhateverTheOrderOfTheStart() {
    add(Stage.KAFKA);
    add(Stage.CLICKHOUSE);
    add(Stage.API);
    add(Stage.EDGE);
    add(Stage.PROCESSOR);

    parts.close();
    parts.close();

    assertThat(closed).containsExactly("edge", "processor", "API", "ClickHouse", "Kafka");
  }

  @Test
  void partThatFailsToStopDoesNotKeepTheOthers() {
    parts.add(
        Stage.EDGE,
        () -> {
          throw new IllegalStateException("stuck");
        });
    add(Stage.KAFKA);

    parts.close();

    assertThat(closed).containsExactly("Kafka");
  }

  @Test
  void partThatComesAfterTheStopIsStoppedAtOnce() {
    parts.close();

    add(Stage.API);

    assertThat(closed).containsExactly("API");
  }

  @Test
  void worksRunSideBySideAndTheFirstFailureIsTold() {
    CountDownLatch met = new CountDownLatch(2);

    assertThatThrownBy(
            () ->
                Together.run(
                    "test-",
                    () -> {
                      met.countDown();
                      met.await();
                      throw new StartupException("no");
                    },
                    () -> {
                      met.countDown();
                      met.await();
                    }))
        .isInstanceOf(StartupException.class)
        .hasMessage("no");
  }
}
