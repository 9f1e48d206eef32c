package io.aftersend.schemas.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageTest {
  @Test
  void keyNamesStageJournalAndLane() {
    assertThat(Stage.EDGE.topicKey("00f1e2d3c4b5a697", 3)).isEqualTo("edge|00f1e2d3c4b5a697|3");
    assertThat(Stage.PROCESSOR.topicKey("00f1e2d3c4b5a697", 0))
        .isEqualTo("processor|00f1e2d3c4b5a697|0");
  }
}
