package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.links.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Any target comes back in `Location` as its sender wrote it, but for spaces and non-ASCII.
class RedirectPropertyTest {
  private static final int URLS = 10_000;
  private static final int PIPELINED = 20;
  private static final int MAX_CHARACTERS = 1_500;
  private static final int MAX_BYTES = 8_000;
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z9",
          "/",
          "?",
          "&",
          "&amp;",
          "=",
          "[1]",
          "{x}",
          "#fragment",
          "%20",
          "%",
          "+",
          " ",
          "'",
          "\"",
          "<b>",
          "\\",
          "^",
          "|",
          "`",
          "é",
          "şəhər",
          "سلام",
          "日本",
          "😀",
          "~",
          ";",
          ",",
          ":",
          "@",
          "!",
          "$",
          "(",
          ")",
          "*",
          "long".repeat(40));

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final RunningEdge edge = RunningEdge.start();

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void anyTargetComesBackAsItWasWritten() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try (RawClient client = edge.connect()) {
      for (int done = 0; done < URLS; done += PIPELINED) {
        List<String> targets = new ArrayList<>();
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < PIPELINED; i++) {
          String target = target(random);
          targets.add(target);
          String token =
              edge.tenants.token(Endpoint.CLICK, TestTenants.claims().targetUrl(target).build());
          requests.append("GET /c/").append(token).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        client.send(requests.toString());
        for (String target : targets) {
          RawClient.Answer answer = client.answer();
          assertThat(answer.status()).as("%s, seed %d", target, seed).isEqualTo(302);
          assertThat(answer.header("Location"))
              .as("%s, seed %d", target, seed)
              .isEqualTo(encoded(target));
        }
      }
    }
  }

  private static String target(SplittableRandom random) {
    StringBuilder target = new StringBuilder("https://shop.example/");
    int bytes = target.length();
    int pieces = random.nextInt(random.nextInt(10) == 0 ? 600 : 30);
    for (int i = 0; i < pieces; i++) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      int more = encoded(piece).length();
      if (target.length() + piece.length() <= MAX_CHARACTERS && bytes + more <= MAX_BYTES) {
        target.append(piece);
        bytes += more;
      }
    }
    return target.toString();
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7F) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
