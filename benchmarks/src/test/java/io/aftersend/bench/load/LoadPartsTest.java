package io.aftersend.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadPartsTest {
  @TempDir private Path directory;

  @Test
  void listOfProcessorsIsReadAsTheKernelWritesIt() {
    assertThat(Cores.parse("0-2,5,7-8\n")).containsExactly(0, 1, 2, 5, 7, 8);
    assertThat(Cores.parse("3")).containsExactly(3);
  }

  @Test
  void metricIsAddedUpOverTheLabelsThatAreAskedFor() {
    String metrics =
        """
        # TYPE aftersend_edge_hits_total counter
        aftersend_edge_hits_total{endpoint="open",outcome="recorded"} 1.5E3
        aftersend_edge_hits_total{endpoint="click",outcome="recorded"} 2
        aftersend_edge_hits_total{endpoint="open",outcome="rejected"} 40
        aftersend_edge_hits_total_created 9
        aftersend_edge_events_acknowledged_total 7
        """;

    assertThat(Edge.sum(metrics, "aftersend_edge_hits_total", "outcome=\"recorded\""))
        .isEqualTo(1502);
    assertThat(Edge.sum(metrics, "aftersend_edge_events_acknowledged_total", "")).isEqualTo(7);
    assertThat(Edge.sum(metrics, "aftersend_edge_events_lost_total", "")).isZero();
  }

  @Test
  void nginxListensWhereTheBenchmarkPutsItsOwnPort() throws IOException {
    assertThat(Path.of("nginx.conf"))
        .content()
        .containsOnlyOnce("listen " + Servers.PORT_IN_CONFIG + " ");
    assertThat(Files.readString(Path.of("nginx.conf"))).contains("location /o/");
  }

  @Test
  void siteLeavesNothingBehind() throws IOException {
    try (Site site = Site.make(directory)) {
      Files.writeString(site.subdirectory("edge").resolve("file"), "x");
      List<String> heads = Files.readAllLines(site.requestsFile());

      assertThat(heads.getFirst()).matches("GET /o/[A-Za-z0-9_-]{60,}\\.gif HTTP/1\\.1");
    }

    assertThat(directory).isEmptyDirectory();
  }
}
