package io.aftersend.processor.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AgentsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Agents agents = Enrichments.agents(new EnrichMetrics(registry));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Chrome|Windows|desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36
          Edge|Windows|desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51
          Safari|macOS|desktop|Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15
          Firefox|Linux|desktop|Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0
          Safari|iOS|mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1
          Safari|iOS|tablet|Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1
          Chrome|Android|mobile|Mozilla/5.0 (Linux; Android 13; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36
          Chrome|Android|tablet|Mozilla/5.0 (Linux; Android 12; SM-T870) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36
          """)
  void knowsBrowsers(String name, String os, String device, String agent) {
    Client client = agents.read(agent);
    assertThat(client.name()).isEqualTo(name);
    assertThat(client.os()).isEqualTo(os);
    assertThat(client.device().wireName()).isEqualTo(device);
    assertThat(client.isBrowser()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Outlook|Windows|desktop|Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E; Microsoft Outlook 16.0.4266; ms-office; MSOffice 16)
          Outlook|Windows|desktop|Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)
          Outlook|macOS|desktop|MacOutlook/16.78.23102801 (Intelx64 Mac OS X Version 14.1 (Build 23B74))
          Windows Live Mail|Windows|desktop|Outlook-Express/7.0 (MSIE 7.0; Windows NT 6.1; Trident/7.0)
          Thunderbird|Windows|desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Thunderbird/115.4.1
          Thunderbird|Linux|desktop|Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0
          Yahoo Mail|Android|mobile|YahooMobileMail/1.0 (Android Mail; 1.3.10) (herolte;samsung;SM-G930F;8.0.0;1080x1920;)
          Yahoo Mail|Android|mobile|YahooMobile/1.0 (mail; 3.0.5.1311380); (Linux; U; Android 4.0.4; htc_ruby Build/IMM76D);
          eM Client|Windows|desktop|Mozilla/5.0 (Windows; U; Windows NT 6.1; en-US) AppleWebKit/533.3 (KHTML, like Gecko) eM Client/6.0.20 Safari/533.3
          """)
  void knowsMailClientsThatSayTheirName(
      String name, @Nullable String os, String device, String agent) {
    Client client = agents.read(agent);
    assertThat(client.name()).isEqualTo(name);
    assertThat(client.os()).isEqualTo(os);
    assertThat(client.device().wireName()).isEqualTo(device);
    assertThat(client.isBrowser()).isFalse();
  }

  private long results(String result) {
    return registry.scrape().stream()
        .filter(snapshot -> snapshot.getMetadata().getName().endsWith("processor_agents"))
        .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
        .filter(point -> point.getLabels().equals(Labels.of("result", result)))
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  static String[] garbage() {
    return new String[] {
      "",
      " ",
      "(",
      "(".repeat(2_000),
      "Mozilla/5.0 (".repeat(150),
      "Mozilla/5.0 (" + "a; ".repeat(600) + ")",
      "a".repeat(2_000) + "!",
      "/".repeat(2_000),
      "1.".repeat(1_000),
      "a/1 ".repeat(500),
      "%28%29".repeat(300),
      "[{(".repeat(300) + ")}]".repeat(300),
      "\"'\\".repeat(600),
      "\u0000\t\r\n".repeat(400),
      "\u00e9\ud83d\ude00\u202e".repeat(400),
      "\ud800",
      "Mozilla/5.0 (Linux; Android 13; " + "A".repeat(1_900) + " Build/X)",
      "Windows NT 10.0; ".repeat(110),
      "http://".repeat(280),
      "${jndi:ldap://x.example/a}' OR 1=1 --"
    };
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void readsGarbageWithoutAnError(String agent) {
    Client client = agents.read(agent);
    assertThat(client.name())
        .satisfiesAnyOf(
            name -> assertThat(name).isNull(), name -> assertThat(name).hasSizeLessThan(65));
    assertThat(results("miss")).isEqualTo(1);
    assertThat(results("failed")).isZero();
  }

  @Test
  void readsInventedAgentsBySignsAloneWhenTheyTakeTooMuchTime() {
    // At the start; before, at the start of and after the first, which takes a minute; before the
    // second; and three more looks when it is read again, minutes later.
    Iterator<Integer> seconds = List.of(0, 0, 0, 60, 60, 300, 300, 300).iterator();
    Agents slow =
        Enrichments.agents(
            () -> Duration.ofSeconds(seconds.next()).toNanos(),
            new EnrichMetrics(new PrometheusRegistry()));
    String first = "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0";
    String second = "Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0";
    assertThat(slow.read(first).name()).isEqualTo("Firefox");
    assertThat(slow.read(second)).isEqualTo(new Client(null, null, Device.DESKTOP, false));
    assertThat(slow.read(first).name()).as("known before").isEqualTo("Firefox");
    assertThat(slow.read(second).name()).as("not remembered").isEqualTo("Firefox");
  }

  @Test
  void takesNoMachineForAPersonsDevice() {
    Client client = agents.read("Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot)");
    assertThat(client.device()).isEqualTo(Device.UNKNOWN);
    assertThat(client.isBrowser()).isFalse();
  }
}
