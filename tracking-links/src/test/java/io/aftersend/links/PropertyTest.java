package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PropertyTest {
  @Test
  void shrinksFailureToItsCauseAndNamesTheSeed() {
    Property<String> property =
        new Property<>(random -> "abc".repeat(random.nextInt(20)) + "X-" + "def", Urls::deletions);

    assertThatThrownBy(() -> property.holds(1, text -> assertThat(text).doesNotContain("X")))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("case 0 of -Daftersend.seed=-?\\d+, smallest: X");
  }
}
