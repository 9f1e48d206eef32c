package io.aftersend.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final Duration ZERO = Duration.ZERO;
  private static final Duration YEAR = Duration.ofDays(365);

  @Test
  void givesDefaultsWhenNothingIsSet() {
    ConfigReader reader = ConfigReader.of(Map.of());

    assertThat(reader.port(ConfigKey.EDGE_PORT)).isEqualTo(8080);
    assertThat(reader.text(ConfigKey.EDGE_HOST)).isEqualTo("127.0.0.1");
    assertThat(reader.text(ConfigKey.TOPIC_PREFIX)).isEmpty();
    assertThat(reader.textOrNull(ConfigKey.EDGE_EVENT_LOOPS)).isNull();
    assertThat(reader.pathOrNull(ConfigKey.NETWORKS_FILE)).isNull();
    assertThat(reader.uriOrNull(ConfigKey.PUBLIC_URL)).isNull();
    assertThat(reader.bytesOrNull(ConfigKey.CLICKHOUSE_MAX_MEMORY, 0, 1)).isNull();
    assertThat(reader.list(ConfigKey.EDGE_CLICK_SCHEMES)).isEmpty();
    assertThat(reader.count(ConfigKey.EDGE_EVENT_LOOPS, 1, 64, 7)).isEqualTo(7);
    assertThat(reader.duration(ConfigKey.PROCESSOR_REPEAT_HORIZON, ZERO, YEAR))
        .isEqualTo(Duration.ofDays(35));
    assertThat(reader.bytes(ConfigKey.EDGE_MAX_BODY, 0, 1L << 30)).isEqualTo(5 * 1024 * 1024);
    reader.throwIfInvalid();
  }

  @Test
  void readsPaths() {
    assertThat(ConfigReader.of(Map.of()).paths(ConfigKey.PLACES_FILE)).isEmpty();
    assertThat(reader(ConfigKey.PLACES_FILE, "/a/v4.mmdb, v6.mmdb").paths(ConfigKey.PLACES_FILE))
        .containsExactly(Path.of("/a/v4.mmdb"), Path.of("v6.mmdb").toAbsolutePath());
    ConfigReader broken = reader(ConfigKey.PLACES_FILE, "/a/v4.mmdb,");
    assertThat(broken.paths(ConfigKey.PLACES_FILE)).isEmpty();
    assertThatThrownBy(broken::throwIfInvalid)
        .hasMessageContaining("AFTERSEND_PLACES_FILE: expected comma-separated paths");
  }

  @ParameterizedTest
  @CsvSource({
    "7ns, PT0.000000007S",
    "7us, PT0.000007S",
    "50ms, PT0.05S",
    "0s, PT0S",
    "15m, PT15M",
    "3h, PT3H",
    "35d, PT840H"
  })
  void readsDurations(String text, Duration expected) {
    ConfigReader reader = reader(ConfigKey.SINK_LINGER, text);

    assertThat(reader.duration(ConfigKey.SINK_LINGER, ZERO, YEAR)).isEqualTo(expected);
    reader.throwIfInvalid();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "1.5s", "5S", "5sec", "999999999999999d"})
  void refusesWhatIsNoDuration(String text) {
    ConfigReader reader = reader(ConfigKey.SINK_LINGER, text);
    reader.duration(ConfigKey.SINK_LINGER, ZERO, Duration.ofMinutes(1));

    assertOnlyProblem(
        reader,
        "AFTERSEND_SINK_LINGER: expected a duration from 0s to 1m, such as 50ms, 15m or 35d,"
            + " got \"%s\"",
        text);
  }

  @ParameterizedTest
  @CsvSource({"5%, 0.05", "0.1%, 0.001", "100%, 1.00", "0.000001%, 0.00000001"})
  void readsShares(String text, BigDecimal expected) {
    ConfigReader reader = reader(ConfigKey.SIGNAL_BOUNCE_LIMIT, text);

    assertThat(reader.share(ConfigKey.SIGNAL_BOUNCE_LIMIT)).isEqualTo(expected);
    reader.throwIfInvalid();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "0%", "0.0%", "100.1%", "-5%", "5 %", ".5%", "1e1%"})
  void refusesWhatIsNoShare(String text) {
    ConfigReader reader = reader(ConfigKey.SIGNAL_BOUNCE_LIMIT, text);
    reader.share(ConfigKey.SIGNAL_BOUNCE_LIMIT);

    assertOnlyProblem(
        reader,
        "AFTERSEND_SIGNAL_BOUNCE_LIMIT: expected a share above 0% up to 100%, such as 0.5%,"
            + " got \"%s\"",
        text);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "7B, 7", "3KiB, 3072", "5MiB, 5242880", "2GiB, 2147483648"})
  void readsSizes(String text, long expectedBytes) {
    ConfigReader reader = reader(ConfigKey.EDGE_MAX_BODY, text);

    assertThat(reader.bytes(ConfigKey.EDGE_MAX_BODY, 0, 1L << 40)).isEqualTo(expectedBytes);
    reader.throwIfInvalid();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "5MB", "5k", "-1", "1.5MiB", "99999999999GiB", "2049MiB"})
  void refusesWhatIsNoSize(String text) {
    ConfigReader reader = reader(ConfigKey.EDGE_MAX_BODY, text);
    reader.bytes(ConfigKey.EDGE_MAX_BODY, 0, 2L << 30);

    assertOnlyProblem(
        reader,
        "AFTERSEND_EDGE_MAX_BODY: expected a size from 0B to 2GiB, such as 64KiB or 5MiB,"
            + " got \"%s\"",
        text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "-1", "65536", "80.0", "99999999999999999999"})
  void refusesWhatIsNoPort(String text) {
    ConfigReader reader = reader(ConfigKey.EDGE_PORT, text);

    assertThat(reader.port(ConfigKey.EDGE_PORT)).as("stand-in").isEqualTo(8080);
    assertOnlyProblem(
        reader, "AFTERSEND_EDGE_PORT: expected a port from 0 to 65535, got \"%s\"", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65535"})
  void takesBothEndsOfARange(String text) {
    ConfigReader reader = reader(ConfigKey.EDGE_PORT, text);

    assertThat(reader.port(ConfigKey.EDGE_PORT)).isEqualTo(Integer.parseInt(text));
    reader.throwIfInvalid();
  }

  @Test
  void neverClampsACount() {
    ConfigReader reader = reader(ConfigKey.EDGE_EVENT_LOOPS, "65");
    reader.count(ConfigKey.EDGE_EVENT_LOOPS, 1, 64, 4);

    assertOnlyProblem(
        reader,
        "AFTERSEND_EDGE_EVENT_LOOPS: expected a whole number from 1 to 64, got \"%s\"",
        "65");
  }

  @Test
  void countsAnEmptyValueAsUnsetWhereThereIsNoDefault() {
    ConfigReader reader =
        reader(ConfigKey.PUBLIC_URL, "", ConfigKey.EDGE_EVENT_LOOPS, "", ConfigKey.KEY, "");

    assertThat(reader.uriOrNull(ConfigKey.PUBLIC_URL)).isNull();
    assertThat(reader.count(ConfigKey.EDGE_EVENT_LOOPS, 1, 64, 3)).isEqualTo(3);
    assertThat(reader.textOrNull(ConfigKey.KEY)).isNull();
    reader.throwIfInvalid();
  }

  @Test
  void refusesAnEmptyValueWhereThereIsADefault() {
    ConfigReader reader = reader(ConfigKey.EDGE_HOST, "");
    reader.text(ConfigKey.EDGE_HOST);

    assertOnlyProblem(reader, "AFTERSEND_EDGE_HOST: expected a text, got \"%s\"", "");
  }

  @Test
  void asksForAValueThatIsNeededAndHasNoDefault() {
    ConfigReader reader = ConfigReader.of(Map.of());
    reader.text(ConfigKey.KAFKA_BOOTSTRAP);

    assertOnlyProblem(reader, "AFTERSEND_KAFKA_BOOTSTRAP: expected a text, got nothing%s", "");
  }

  @Test
  void readsFlags() {
    assertThat(reader(ConfigKey.TENANT, "true").flag(ConfigKey.TENANT)).isTrue();
    assertThat(reader(ConfigKey.TENANT, "false").flag(ConfigKey.TENANT)).isFalse();

    ConfigReader reader = reader(ConfigKey.TENANT, "yes");
    reader.flag(ConfigKey.TENANT);
    assertOnlyProblem(reader, "AFTERSEND_TENANT: expected true or false, got \"%s\"", "yes");
  }

  @Test
  void readsUrlsWithoutTheSlashAtTheirEnd() {
    ConfigReader reader = reader(ConfigKey.PUBLIC_URL, "https://t.example/base/");

    assertThat(reader.uriOrNull(ConfigKey.PUBLIC_URL))
        .isEqualTo(URI.create("https://t.example/base"));
    reader.throwIfInvalid();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"t.example", "ftp://t.example", "https://", "https://a b", "http://h/?a=1"})
  void refusesWhatIsNoUrl(String text) {
    ConfigReader reader = reader(ConfigKey.PUBLIC_URL, text);
    reader.uriOrNull(ConfigKey.PUBLIC_URL);

    assertOnlyProblem(
        reader,
        "AFTERSEND_PUBLIC_URL: expected a URL such as https://host:port without user, query and"
            + " fragment, got \"%s\"",
        text);
  }

  @Test
  void doesNotRepeatAPasswordThatStandsInAUrl() {
    ConfigReader reader = reader(ConfigKey.CLICKHOUSE_URL, "http://me:hush@db:8123");
    reader.uriOrNull(ConfigKey.CLICKHOUSE_URL);

    assertThatThrownBy(reader::throwIfInvalid)
        .hasMessageContaining("AFTERSEND_CLICKHOUSE_URL: expected a URL")
        .hasMessageNotContaining("hush");
    assertThat(reader.effective()).doesNotContain("hush");
  }

  @Test
  void readsListsWithoutBlanks() {
    assertThat(
            reader(ConfigKey.EDGE_CLICK_SCHEMES, " app, ,sms,").list(ConfigKey.EDGE_CLICK_SCHEMES))
        .containsExactly("app", "sms");
  }

  @Test
  void readsBrokersAndNamesEachThatIsNone() {
    assertThat(
            reader(ConfigKey.KAFKA_BOOTSTRAP, "a:9092, [::1]:9093")
                .brokers(ConfigKey.KAFKA_BOOTSTRAP))
        .isEqualTo("a:9092,[::1]:9093");
    ConfigReader wrong = reader(ConfigKey.KAFKA_BOOTSTRAP, "foo,b:9092,http://c:1");
    wrong.brokers(ConfigKey.KAFKA_BOOTSTRAP);
    assertThatThrownBy(wrong::throwIfInvalid)
        .hasMessageContaining("got \"foo\"")
        .hasMessageContaining("got \"http://c:1\"")
        .hasMessageNotContaining("got \"b:9092\"");
  }

  @Test
  void readsSettingsOfAClientByTheirOwnNames() {
    ConfigReader reader =
        ConfigReader.of(
            Map.of(
                "AFTERSEND_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL",
                "AFTERSEND_KAFKA_CLIENT_SSL_KEY_PASSWORD", "hush",
                "AFTERSEND_KAFKA_CLIENT_ACKS", "0",
                "AFTERSEND_KAFKA_PORT", "1"));

    assertThat(
            reader.settings(
                ConfigKey.KAFKA_CLIENT,
                (name, value) -> name.equals("acks") ? "expected others, got " + value : null))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("security.protocol", "SASL_SSL", "ssl.key.password", "hush"));
    assertOnlyProblem(reader, "AFTERSEND_KAFKA_CLIENT_ACKS: expected others, got %s", "0");
    assertThat(reader.effective()).isEqualTo("AFTERSEND_KAFKA_CLIENT=*** (3 settings)");
  }

  @Test
  void resolvesPathsFromTheWorkingDirectory() {
    Path data = Path.of("").toAbsolutePath().resolve("data");
    ConfigReader reader = ConfigReader.of(Map.of());

    assertThat(reader.path(ConfigKey.DATA_DIR)).isEqualTo(data);
    assertThat(reader.tenantsFile()).isEqualTo(data.resolve("tenants.json"));
    assertThat(reader.pathOrInDataDir(ConfigKey.PROCESSOR_STATE_DIR, "streams"))
        .isEqualTo(data.resolve("streams"));
  }

  @Test
  void prefersTheTenantsFileThatIsNamed() {
    assertThat(reader(ConfigKey.TENANTS_FILE, "/etc/a/tenants.json").tenantsFile())
        .isEqualTo(Path.of("/etc/a/tenants.json"));
  }

  @Test
  void reportsAllProblemsAtOnceAndEachOnce() {
    ConfigReader reader =
        ConfigReader.of(
            Map.of(
                "AFTERSEND_EDGE_PORT", "x",
                "AFTERSEND_SINK_LINGER", "soon",
                "AFTERSEND_EDGE_PROT", "8080"));
    reader.port(ConfigKey.EDGE_PORT);
    reader.port(ConfigKey.EDGE_PORT);
    reader.duration(ConfigKey.SINK_LINGER, ZERO, YEAR);
    reader.problem(ConfigKey.CLICKHOUSE_HOST, "expected a loopback address, got \"0.0.0.0\"");

    assertThatThrownBy(reader::throwIfInvalid)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            AFTERSEND_EDGE_PROT: unknown key, did you mean AFTERSEND_EDGE_PORT?
            AFTERSEND_EDGE_PORT: expected a port from 0 to 65535, got "x"
            AFTERSEND_SINK_LINGER: expected a duration from 0s to 365d, such as 50ms, 15m or 35d, got "soon"
            AFTERSEND_CLICKHOUSE_HOST: expected a loopback address, got "0.0.0.0\"""");
  }

  @ParameterizedTest
  @CsvSource({
    "AFTERSEND_EDGEPORT, AFTERSEND_EDGE_PORT",
    "aftersend_edge_port, AFTERSEND_EDGE_PORT",
    "AFTERSEND_CLICKHOUSE_PASWORD, AFTERSEND_CLICKHOUSE_PASSWORD",
    "AFTERSEND_API_PROT, AFTERSEND_API_PORT",
  })
  void suggestsTheKeyThatWasMeant(String unknown, String meant) {
    assertThatThrownBy(ConfigReader.of(Map.of(unknown, "1"))::throwIfInvalid)
        .hasMessage(unknown + ": unknown key, did you mean " + meant + "?");
  }

  @Test
  void suggestsNothingForAKeyThatIsFarFromAll() {
    assertThatThrownBy(ConfigReader.of(Map.of("AFTERSEND_XYZZY_PLUGH_QUUX", "1"))::throwIfInvalid)
        .hasMessage("AFTERSEND_XYZZY_PLUGH_QUUX: unknown key");
  }

  @Test
  void leavesKeysOfOthersAlone() {
    ConfigReader.of(Map.of("PATH", "/bin", "AFTERSEND_API_PORT", "not read here")).throwIfInvalid();
  }

  @Test
  void printsWhatWasReadWithSecretsMasked() {
    ConfigReader reader =
        reader(ConfigKey.CLICKHOUSE_PASSWORD, "hush", ConfigKey.EDGE_PORT, "9000");
    reader.textOrNull(ConfigKey.CLICKHOUSE_PASSWORD);
    reader.textOrNull(ConfigKey.EDGE_EVENT_LOOPS);
    reader.text(ConfigKey.EDGE_HOST);
    reader.port(ConfigKey.EDGE_PORT);

    assertThat(reader.effective())
        .isEqualTo(
            """
            AFTERSEND_EDGE_HOST=127.0.0.1 (default)
            AFTERSEND_EDGE_PORT=9000
            AFTERSEND_EDGE_EVENT_LOOPS=(unset)
            AFTERSEND_CLICKHOUSE_PASSWORD=***""");
  }

  @Test
  void masksASecretThatIsWrong() {
    ConfigReader reader = reader(ConfigKey.CLICKHOUSE_PASSWORD, "hush");
    reader.flag(ConfigKey.CLICKHOUSE_PASSWORD);

    assertThatThrownBy(reader::throwIfInvalid)
        .hasMessage("AFTERSEND_CLICKHOUSE_PASSWORD: expected true or false, got ***");
  }

  private static ConfigReader reader(Object... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    List<Object> list = Arrays.asList(keysAndValues);
    for (int i = 0; i < list.size(); i += 2) {
      values.put(((ConfigKey) list.get(i)).key(), (String) list.get(i + 1));
    }
    return ConfigReader.of(values);
  }

  private static void assertOnlyProblem(ConfigReader reader, String format, String text) {
    assertThatThrownBy(reader::throwIfInvalid)
        .isInstanceOf(ConfigException.class)
        .hasMessage(format.replace("%s", text));
  }
}
