package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.BOUNCED;
import static io.aftersend.schemas.event.EventType.DEFERRED;
import static io.aftersend.schemas.event.EventType.DELIVERED;
import static io.aftersend.schemas.event.EventType.DROPPED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The final delivery state of a message, in every order of arrival.
final class DeliveryStateTest {
  private int tenants;

  @Test
  void doesNotDependOnTheOrderOfArrival(@TempDir Path directory) {
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      assertState(topology, "soft, then delivered", "delivered", "soft@0", "delivered@1");
      assertState(topology, "delivered, then soft", "soft", "delivered@0", "soft@1");
      assertState(topology, "hard wins", "hard", "hard@0", "delivered@1", "soft@2");
      assertState(topology, "latest", "deferred", "delivered@0", "block@1", "deferred@2");
      assertState(
          topology,
          "at equal time",
          "delivered",
          "deferred@0",
          "dropped@0",
          "soft@0",
          "block@0",
          "delivered@0");
      assertState(topology, "block before soft", "block", "soft@0", "block@0", "dropped@0");
      assertState(topology, "soft before dropped", "soft", "dropped@0", "soft@0", "deferred@0");
      assertState(topology, "dropped before deferred", "dropped", "deferred@0", "dropped@0");
    }
  }

  private static EventBuilder claim(String state, String id) {
    return switch (state) {
      case "hard", "soft", "block" -> event(BOUNCED, id, "m1").bounce(state);
      case "delivered" -> event(DELIVERED, id, "m1");
      case "dropped" -> event(DROPPED, id, "m1");
      case "deferred" -> event(DEFERRED, id, "m1");
      default -> throw new IllegalArgumentException(state);
    };
  }

  private void assertState(
      TopologyFixture topology, String what, String expected, String... claims) {
    for (List<String> order : permutations(List.of(claims))) {
      String tenant = "t" + tenants++;
      for (String claim : order) {
        String[] parts = claim.split("@", 2);
        topology.pipe(
            claim(parts[0], claim.replace('@', '.')).tenant(tenant).at(Long.parseLong(parts[1])));
      }
      Map<String, Long> states = new TreeMap<>(topology.settle().counters(tenant, "spring"));
      states.keySet().removeIf(counter -> !counter.startsWith("state."));
      assertThat(states).as("%s: %s", what, order).isEqualTo(Map.of("state." + expected, 1L));
    }
  }

  private static List<List<String>> permutations(List<String> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    for (String first : items) {
      List<String> rest = new ArrayList<>(items);
      rest.remove(first);
      for (List<String> tail : permutations(rest)) {
        List<String> permutation = new ArrayList<>(List.of(first));
        permutation.addAll(tail);
        all.add(permutation);
      }
    }
    return all;
  }
}
