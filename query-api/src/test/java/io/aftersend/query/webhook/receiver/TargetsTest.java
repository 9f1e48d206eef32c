package io.aftersend.query.webhook.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
  private static final AddressRules RULES = AddressRules.allowing(List.of("127.0.0.1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.example/",
        "//a.example/",
        "/hook",
        "https:///hook",
        "https://user:pass@a.example/",
        "https://a.example/#part",
        "https://a.example:0/",
        "https://a.example:65536/",
        "https://a.example/a b",
        "https://a.example/ü",
        "mailto:a@b.example",
        "javascript:alert(1)"
      })
  void refusesWhatIsNoReceiver(String url) {
    assertThatThrownBy(() -> Targets.parse(url)).isInstanceOf(Targets.RefusedException.class);
  }

  @Test
  void refusesAHostOfWhichOneAddressIsNotPublic() {
    Targets targets = targets("8.8.8.8", "10.0.0.1");

    assertThatThrownBy(() -> targets.addresses(URI.create("https://a.example/")))
        .isInstanceOf(Targets.RefusedException.class)
        .hasMessageNotContaining("10.0.0.1");
  }

  @Test
  void takesPlainHttpOnlyToWhatTheOperatorAllows() throws Exception {
    URI plain = URI.create("http://a.example/");

    assertThat(targets("127.0.0.1").addresses(plain)).hasSize(1);
    assertThatThrownBy(() -> targets("8.8.8.8").addresses(plain))
        .isInstanceOf(Targets.RefusedException.class);
    assertThatThrownBy(() -> targets("127.0.0.1", "8.8.8.8").addresses(plain))
        .isInstanceOf(Targets.RefusedException.class);
  }

  @Test
  void looksAtAddressesInTheUrlItself() {
    Targets targets = Targets.of(RULES);

    for (String host : List.of("127.0.0.2", "[::1]", "[::ffff:a00:1]")) {
      assertThatThrownBy(() -> targets.addresses(URI.create("https://" + host + "/")))
          .as(host)
          .isInstanceOf(Targets.RefusedException.class);
    }
  }

  private static Targets targets(String... addresses) {
    return new Targets(
        RULES, host -> List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
  }
}
