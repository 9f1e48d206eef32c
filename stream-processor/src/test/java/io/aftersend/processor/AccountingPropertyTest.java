package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.SENT;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories of hits, posts, repeats, broken records and records sent again, against the
/// definitions of the accounting, computed naively.
final class AccountingPropertyTest {
  private static final long SEED = 20261125;
  private static final int HISTORIES = 300;
  private static final int LANES = 3;

  private long journals;

  @Test
  void putsEverySequenceInExactlyOneOfStoredRepeatsAndDropped(@TempDir Path directory) {
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      for (int i = 0; i < HISTORIES; i++) {
        Random random = new Random(SEED + i);
        List<EmailEvent> records = history(random);
        if (difference(topology, records) != null) {
          List<EmailEvent> shrunk = shrink(topology, records);
          throw new AssertionError(
              "seed %d%n%s%n%s".formatted(SEED + i, texts(shrunk), difference(topology, shrunk)));
        }
      }
    }
  }

  /// Records as they arrive in Kafka. Each position makes one record, which may come several times.
  private static List<EmailEvent> history(Random random) {
    List<EmailEvent> records = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      int size = random.nextInt(8);
      for (int sequence = 1; sequence <= size; sequence++) {
        records.add(record(random, lane, sequence));
      }
    }
    int resent = records.isEmpty() ? 0 : random.nextInt(6);
    for (int i = 0; i < resent; i++) {
      records.add(records.get(random.nextInt(records.size())));
    }
    Collections.shuffle(records, random);
    return records;
  }

  private static EmailEvent record(Random random, int lane, int sequence) {
    String message = "m" + random.nextInt(2);
    EventBuilder event =
        random.nextBoolean()
            ? event(OPENED, "own", message)
            : event(SENT, "e" + random.nextInt(3), message);
    EmailEvent record = event.in("", lane, sequence).build();
    record.setTest(random.nextInt(5) == 0);
    switch (random.nextInt(12)) {
      case 0 -> record.setType("teleported");
      case 1 -> record.setRecipient("no|id");
      default -> {
        // Nothing is wrong with it.
      }
    }
    return record;
  }

  private @Nullable String difference(TopologyFixture topology, List<EmailEvent> records) {
    String journal = "%016x".formatted(++journals);
    List<EmailEvent> arrivals = records.stream().map(record -> in(journal, record)).toList();
    int judgedBefore = topology.judged().size();
    Random pauses = new Random(journals);
    for (EmailEvent arrival : arrivals) {
      topology.pipe(arrival);
      if (pauses.nextInt(5) == 0) {
        topology.settle();
      }
    }
    topology.settle();
    Oracle oracle = new Oracle(arrivals);
    for (int lane = 0; lane < LANES; lane++) {
      String actual = topology.lane(journal, lane);
      if (!actual.equals(oracle.text(lane))) {
        return "lane %d: expected %s%n            got %s"
            .formatted(lane, oracle.text(lane), actual);
      }
    }
    int rows = topology.judged().size() - judgedBefore;
    return rows == oracle.rows() ? null : "expected %d rows, got %d".formatted(oracle.rows(), rows);
  }

  /// The record in a journal and a tenant of its own, with the id that a hit has there.
  private static EmailEvent in(String journal, EmailEvent record) {
    EmailEvent arrival = EmailEvent.newBuilder(record).setTenant("t" + journal).build();
    arrival.setJournal(journal);
    if (arrival.getEventId().equals("own")) {
      arrival.setEventId(journal + "-" + record.getLane() + "-" + record.getSequence());
    }
    return arrival;
  }

  private List<EmailEvent> shrink(TopologyFixture topology, List<EmailEvent> failing) {
    for (int i = 0; i < failing.size(); i++) {
      List<EmailEvent> fewer = new ArrayList<>(failing);
      fewer.remove(i);
      if (difference(topology, fewer) != null) {
        return shrink(topology, fewer);
      }
    }
    return failing;
  }

  private static String texts(List<EmailEvent> records) {
    StringBuilder texts = new StringBuilder();
    for (EmailEvent record : records) {
      texts.append(record.toString().replaceAll("\"[a-z_]+\": (null|\\[\\]),? ?", ""));
      texts.append(System.lineSeparator());
    }
    return texts.toString();
  }

  /// The definitions, without any memory but sets.
  private static final class Oracle {
    private final Map<Integer, Lane> lanes = new TreeMap<>();
    private final Set<String> ids = new HashSet<>();

    Oracle(List<EmailEvent> arrivals) {
      for (EmailEvent arrival : arrivals) {
        Lane lane = lanes.computeIfAbsent(arrival.getLane(), any -> new Lane());
        if (!lane.sequences.add(arrival.getSequence())) {
          lane.resent++;
        } else if (arrival.getType().equals("teleported")) {
          lane.dropped.merge("unknown_type", 1, Integer::sum);
        } else if ("no|id".equals(arrival.getRecipient())) {
          lane.dropped.merge("bad_id", 1, Integer::sum);
        } else if (ids.add(EventKey.of(arrival) + " " + arrival.getEventId())) {
          lane.stored++;
        } else {
          lane.repeats++;
        }
      }
    }

    String text(int number) {
      Lane lane = lanes.get(number);
      return lane == null
          ? "none"
          : "highest %d, stored %d, repeats %d, resent %d, dropped %s"
              .formatted(
                  Collections.max(lane.sequences),
                  lane.stored,
                  lane.repeats,
                  lane.resent,
                  lane.dropped);
    }

    int rows() {
      return ids.size();
    }

    private static final class Lane {
      private final Set<Long> sequences = new HashSet<>();
      private final Map<String, Integer> dropped = new TreeMap<>();
      private int stored;
      private int repeats;
      private int resent;
    }
  }
}
