package io.aftersend.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.runtime.lifecycle.DirectoryLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
  @TempDir private Path directory;

  private CommandLineRun program() {
    return new CommandLineRun(directory);
  }

  private static void assertThatErrorIsOneLine(CommandLineRun program) {
    assertThat(program.err().lines()).hasSize(1);
    assertThat(program.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "frobnicate",
        "up extra",
        "up --port 1",
        "links",
        "links --campaign c --message m",
        "tenant",
        "tenant add",
        "tenant add a b",
        "tenant add bad/id",
        "tenant add a --time-zone Mars/Base",
        "tenant add a --retention-days 0",
        "tenant add a --retention-days many",
        "key",
        "key add --tenant a",
        "key add --tenant a --scope write",
        "key add --tenant a --scope read --signing",
        "key revoke",
        "demo --messages 0",
        "demo --messages 1000001",
        "demo --rate 0",
        "demo --rate fast",
        "demo --campaign a/b",
        "accounting extra",
        "accounting --wait long",
        "accounting --wait 3601s",
        "help frobnicate",
      })
  void wrongUsageIsExitCodeTwoAndOneLineThatSaysWhatWasExpected(String line) {
    CommandLineRun program = program();

    int code = program.run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(code).isEqualTo(2);
    assertThatErrorIsOneLine(program);
    assertThat(program.err()).contains("expected: aftersend");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "links --campaign c --message m --recipient r",
        "key revoke abcdefgh",
        "key add --tenant nobody --scope read",
        "key list --tenant nobody",
        "migrate --config /nowhere/at.all",
        "accounting",
        "rejudge",
        "edge",
        "processor",
        "api",
        "bench edge-load",
      })
  void whatTheUserCanMendIsExitCodeOneWithoutStackTrace(String line) {
    CommandLineRun program = program();

    int code = program.run(line.split(" "));

    assertThat(code).isEqualTo(1);
    assertThat(program.err().lines())
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error).startsWith("aftersend: "));
    assertThat(program.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "demo",
        "links",
        "edge",
        "processor",
        "api",
        "clickhouse",
        "kafka",
        "migrate",
        "accounting",
        "rejudge",
        "capacity",
        "tenant",
        "tenant add",
        "tenant list",
        "key",
        "key add",
        "key list",
        "key revoke",
        "bench"
      })
  void everyCommandExplainsItself(String command) {
    CommandLineRun program = program();

    assertThat(program.run((command + " --help").split(" "))).isZero();
    assertThat(program.out()).startsWith("Usage: aftersend " + command);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void helpListsEveryCommandOnce() {
    CommandLineRun program = program();

    assertThat(program.run("help")).isZero();
    assertThat(program.out())
        .contains("up ", "demo", "links", "edge", "processor", "api", "clickhouse", "kafka")
        .contains("migrate", "accounting", "rejudge", "tenant", "key", "capacity", "bench", "help")
        .doesNotContain("relay", "instrument");
  }

  @Test
  void upTakesNoSettingsOfClientsForTheEmbeddedKafka() {
    CommandLineRun program = program().with("AFTERSEND_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL");

    assertThat(program.run("up")).isEqualTo(1);
    assertThat(program.err())
        .contains("AFTERSEND_KAFKA_CLIENT")
        .contains("AFTERSEND_KAFKA_BOOTSTRAP");
  }

  @Test
  void accountingNamesTheClickHouseThatCannotBeReached() {
    CommandLineRun program = program().with("AFTERSEND_CLICKHOUSE_URL", "http://127.0.0.1:1");

    assertThat(program.run("accounting")).isEqualTo(1);
    assertThatErrorIsOneLine(program);
    assertThat(program.err())
        .contains("http://127.0.0.1:1")
        .contains("cannot be reached")
        .contains("AFTERSEND_CLICKHOUSE_URL");
  }

  @Test
  void unknownKeysOfOurPrefixAreErrorsWithASuggestion() {
    CommandLineRun program = program().with("AFTERSEND_EDGE_PROT", "1");

    assertThat(program.run("tenant", "list")).isEqualTo(1);
    assertThat(program.err()).contains("AFTERSEND_EDGE_PROT").contains("AFTERSEND_EDGE_PORT");
  }

  @Test
  void problemsOfAllServicesAreToldAtOnceByUp() {
    CommandLineRun program =
        program()
            .with("AFTERSEND_EDGE_PORT", "70000")
            .with("AFTERSEND_API_PORT", "x")
            .with("AFTERSEND_PROCESSOR_THREADS", "0")
            .with("AFTERSEND_KAFKA_PORT", "-1");

    assertThat(program.run("up")).isEqualTo(1);
    assertThat(program.err())
        .contains("AFTERSEND_EDGE_PORT")
        .contains("AFTERSEND_API_PORT")
        .contains("AFTERSEND_PROCESSOR_THREADS")
        .contains("AFTERSEND_KAFKA_PORT");
    assertThat(program.err().lines()).hasSize(4);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA", "CLICKHOUSE", "API", "EDGE", "EDGE_ADMIN", "PROCESSOR_ADMIN"})
  void portInUseIsToldInOneLineBeforeAnythingStarts(String service) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandLineRun program = program();
      for (String other :
          List.of("KAFKA", "CLICKHOUSE", "API", "EDGE", "EDGE_ADMIN", "PROCESSOR_ADMIN")) {
        program.with("AFTERSEND_" + other + "_PORT", "0");
      }
      program.with("AFTERSEND_" + service + "_PORT", Integer.toString(taken.getLocalPort()));

      assertThat(program.run("up")).isEqualTo(1);
      assertThat(program.err().lines())
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort() + " (AFTERSEND_" + service + "_PORT) is in use");
    }
  }

  @Test
  void secondUpOnTheSameDataIsToldInOneLine() {
    try (DirectoryLock held = DirectoryLock.acquire(directory)) {
      CommandLineRun program = program();

      assertThat(program.run("up")).isEqualTo(1);
      assertThat(program.err().lines())
          .singleElement()
          .asString()
          .contains(held.directory().toString());
    }
  }

  @Test
  void configFileIsReadBelowTheEnvironment() throws IOException {
    Path file = directory.resolve("aftersend.properties");
    Files.writeString(file, "AFTERSEND_TENANTS_FILE=" + directory.resolve("other.json") + "\n");
    CommandLineRun program = program();

    assertThat(program.run("tenant", "add", "acme", "--config", file.toString())).isZero();
    assertThat(directory.resolve("other.json")).exists();
  }
}
