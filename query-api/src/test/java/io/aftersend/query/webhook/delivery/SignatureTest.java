package io.aftersend.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignatureTest {
  /// The example of the libraries of Standard Webhooks.
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIMESTAMP = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void signsAsTheStandardDoes() {
    assertThat(Signature.of(ID, TIMESTAMP, BODY, List.of(SECRET))).isEqualTo(EXPECTED);
  }

  @Test
  void signsWithBothSecretsWhileOneTakesOverFromTheOther() {
    String drawn = Secrets.draw(new Random(7));

    String both = Signature.of(ID, TIMESTAMP, BODY, List.of(drawn, SECRET));

    assertThat(both.split(" ")).hasSize(2).endsWith(EXPECTED);
    assertThat(both).startsWith(Signature.of(ID, TIMESTAMP, BODY, List.of(drawn)));
  }

  @Test
  void coversIdTimeAndBody() {
    assertThat(Signature.of("msg_x", TIMESTAMP, BODY, List.of(SECRET))).isNotEqualTo(EXPECTED);
    assertThat(Signature.of(ID, TIMESTAMP + 1, BODY, List.of(SECRET))).isNotEqualTo(EXPECTED);
    assertThat(Signature.of(ID, TIMESTAMP, new byte[0], List.of(SECRET))).isNotEqualTo(EXPECTED);
  }

  @Test
  void drawsSecretsOf32Bytes() {
    String drawn = Secrets.draw(new Random(7));

    assertThat(drawn).startsWith("whsec_").isNotEqualTo(Secrets.draw(new Random(8)));
    assertThat(Secrets.key(drawn)).hasSize(32);
  }
}
