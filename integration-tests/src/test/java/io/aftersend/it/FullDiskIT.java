package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.HitLedger.Fate;
import io.aftersend.it.HitLedger.Kind;
import io.aftersend.it.HitLoad.Plan;
import io.aftersend.it.HitRequests.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// An edge whose journal has no room left, because Kafka is away for too long: recipients are
/// answered all the same, senders are told, every loss is counted, and all is well again by itself.
class FullDiskIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int MAX_MESSAGES = 4_000_000;
  private static final int POST_EVENTS = 500;
  private static final Plan FILLING = Plan.hits(8, 8, 0).andPosts(2, 10, POST_EVENTS);
  private static final Plan GENTLE = Plan.hits(4, 1, 1_000).andPosts(1, 10, 10);
  private static final int ENOUGH = 2_000;

  /// Small, but enough for the lanes of every processor.
  private static final String SMALL_BUDGET = 8 * Runtime.getRuntime().availableProcessors() + "MiB";

  private static final String MORE_THAN_THE_DISK = "64MiB";
  private static final String LOST = "aftersend_edge_events_lost_total";

  @TempDir private Path directory;

  /// A full file system where this machine lets us have one, and a spent budget everywhere.
  @TestFactory
  List<DynamicTest> answersGoOnAndLossesAreCountedUntilThereIsRoomAgain() {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        DynamicTest.dynamicTest(
            "with the budget spent",
            () -> {
              Path place = Files.createDirectories(directory.resolve("place"));
              withoutRoom(place, SMALL_BUDGET, null);
            }));
    try {
      SmallDisk.mountIn(Files.createDirectories(directory.resolve("probe"))).close();
    } catch (IOException e) {
      System.out.println("FullDiskIT: without a file system of its own: " + e.getMessage());
      return tests;
    }
    tests.add(
        DynamicTest.dynamicTest(
            "with the file system full",
            () -> {
              try (SmallDisk disk = SmallDisk.mountIn(directory)) {
                withoutRoom(disk.directory(), MORE_THAN_THE_DISK, disk);
              }
            }));
    return tests;
  }

  private void withoutRoom(Path place, String budget, @Nullable SmallDisk disk)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(directory, "home");
    HitRequests requests = SoleTenant.addedIn(home).requests("no-room", MAX_MESSAGES);
    try (LoneKafka kafka = LoneKafka.startIn(home.resolve("broker"))) {
      kafka.stop();
      EdgeSite site =
          EdgeSite.in(place, home.resolve("tenants.json"), kafka.bootstrap())
              .with("AFTERSEND_EDGE_JOURNAL_BUDGET", budget);
      long lost;
      try (AftersendProcess edge = site.start()) {
        fillUp(edge, requests, disk);
        lost = lost(edge);
        edge.kill();
      }
      try (AftersendProcess edge = site.start()) {
        startFull(edge, requests);
        if (disk != null) {
          disk.free();
        }
        kafka.start();
        recover(edge, requests);
        lost += lost(edge);
        deliverTheRest(edge, requests.ledger(), kafka, lost);
        assertThat(edge.stop()).as(edge.outputText()).isZero();
      }
      assertDelivered(requests.ledger(), kafka, lost);
    }
  }

  private static void fillUp(AftersendProcess edge, HitRequests requests, @Nullable SmallDisk disk)
      throws IOException {
    String url = edge.ready().field("edge");
    AdminPage admin = AdminPage.of(edge);
    assertThat(admin.isReady()).isTrue();
    try (HitLoad load = HitLoad.start(url, FILLING, requests)) {
      awaitLost(edge, 1);
      if (disk != null) {
        disk.fill();
      }
      awaitLost(edge, lost(edge) + ENOUGH);
      assertSaidToBeFull(edge, requests);
      awaitAnswers(load, "opened 200", "clicked 302", "delivered 202", "delivered 503");
      load.stop();
      assertThat(load.answers().keySet())
          .containsOnly("opened 200", "clicked 302", "delivered 202", "delivered 503");
    }
    System.out.println("FullDiskIT: " + requests.ledger().fates() + ", lost " + losses(edge));
    assertThat(losses(edge)).isSubsetOf("budget_spent", "disk_failed", "disk_behind");
  }

  /// An edge that starts without room answers as one that has run out of it.
  private static void startFull(AftersendProcess edge, HitRequests requests) throws IOException {
    try (HitLoad load = HitLoad.start(edge.ready().field("edge"), GENTLE, requests)) {
      awaitLost(edge, ENOUGH);
      assertSaidToBeFull(edge, requests);
      awaitAnswers(load, "opened 200", "clicked 302", "delivered 503");
    }
  }

  /// The load's own posts are refused a little later than a probe: each lane of posts is filled up
  /// for itself.
  private static void awaitAnswers(HitLoad load, String... wanted) {
    Await.untilAsserted(DEADLINE, () -> assertThat(load.answers().keySet()).contains(wanted));
  }

  /// Posts have lanes of their own, which take what still fits before they refuse.
  private static void assertSaidToBeFull(AftersendProcess edge, HitRequests requests)
      throws IOException {
    AdminPage admin = AdminPage.of(edge);
    String url = edge.ready().field("edge");
    Await.untilAsserted(
        DEADLINE,
        () -> {
          HitConnection.Answer refused = post(url, requests, POST_EVENTS);
          assertThat(refused.status()).isEqualTo(503);
          return assertThat(refused.head()).containsIgnoringCase("\r\nretry-after: ");
        });
    Await.untilAsserted(DEADLINE, () -> assertThat(admin.isReady()).isFalse());
    assertThat(admin.problems().get("journal").asText()).isNotBlank();
  }

  private static void recover(AftersendProcess edge, HitRequests requests) {
    String url = edge.ready().field("edge");
    AdminPage admin = AdminPage.of(edge);
    Await.untilAsserted(DEADLINE, () -> assertThat(post(url, requests, 1).status()).isEqualTo(202));
    Await.untilAsserted(DEADLINE, () -> assertThat(admin.isReady()).isTrue());
    long lost = lost(edge);
    int enough = requests.ledger().size() + ENOUGH;
    try (HitLoad load = HitLoad.start(url, GENTLE, requests)) {
      Await.untilAsserted(
          DEADLINE, () -> assertThat(requests.ledger().size()).isGreaterThanOrEqualTo(enough));
      awaitAnswers(load, "opened 200", "clicked 302", "delivered 202");
      load.stop();
      assertThat(load.answers().keySet())
          .containsOnly("opened 200", "clicked 302", "delivered 202");
    }
    assertThat(lost(edge)).isEqualTo(lost);
  }

  /// An edge that is asked to stop sends on for some seconds only, which a busy machine may not
  /// find enough for all that the two edges have kept: it is given the time before that.
  private static void deliverTheRest(
      AftersendProcess edge, HitLedger ledger, LoneKafka kafka, long lost) {
    long kept = ledger.fates().getOrDefault(Fate.ANSWERED, 0) - lost;
    AdminPage admin = AdminPage.of(edge);
    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(admin.counts("aftersend_edge_lane_events", "state"))
              .as("what waits in the lanes that are known so far")
              .doesNotContainKey("waiting");
          return assertThat(PublishedEvents.read(kafka.bootstrap(), ledger).messages())
              .as("messages in Kafka; the edge said:\n%s", edge.outputText())
              .isGreaterThanOrEqualTo((int) kept);
        });
  }

  private static HitConnection.Answer post(String url, HitRequests requests, int events)
      throws IOException {
    Request request = requests.post(events);
    requests.ledger().mark(request.first(), request.count(), Fate.CUT);
    try (HitConnection connection = HitConnection.open(URI.create(url).getPort())) {
      connection.send(request.bytes());
      HitConnection.Answer answer = connection.read();
      Fate fate = requests.isPromise(request, answer) ? Fate.ANSWERED : Fate.REFUSED;
      requests.ledger().mark(request.first(), request.count(), fate);
      return answer;
    }
  }

  private static void assertDelivered(HitLedger ledger, LoneKafka kafka, long lost) {
    PublishedEvents published = PublishedEvents.read(kafka.bootstrap(), ledger);
    int[] seen = published.timesSeen();
    System.out.printf(
        "FullDiskIT: %s, %d published, %d sent again, %d lost%n",
        ledger.fates(), published.messages(), published.sentAgain(), lost);
    int missingHits = 0;
    for (int number = 0; number < seen.length; number++) {
      boolean isHit = ledger.kind(number) != Kind.DELIVERED;
      if (isHit && ledger.fate(number) == Fate.ANSWERED && seen[number] == 0) {
        missingHits++;
        seen[number] = 1;
      }
    }
    assertThat(missingHits).as("answered hits that Kafka does not have").isEqualTo((int) lost);
    assertThat(ledger.problems(seen)).isEmpty();
    assertThat(published.disorder()).isEmpty();
  }

  private static void awaitLost(AftersendProcess edge, long count) {
    Await.untilAsserted(DEADLINE, () -> assertThat(lost(edge)).isGreaterThanOrEqualTo(count));
  }

  private static long lost(AftersendProcess edge) {
    return AdminPage.of(edge).counts(LOST, "reason").values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Iterable<String> losses(AftersendProcess edge) {
    return AdminPage.of(edge).counts(LOST, "reason").keySet();
  }
}
