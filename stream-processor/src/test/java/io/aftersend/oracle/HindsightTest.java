package io.aftersend.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of hindsight on single messages, each with the verdicts on its opens, clicks and looks
/// at the unsubscribe page as worked out by hand: `h`uman, `s`canner, or another's first letter.
final class HindsightTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  static Stream<Arguments> messages() {
    return Stream.of(
        arguments(
            "three links in ten seconds",
            "sss",
            "delivered 1;clicked 1 link=a second=1200;clicked 1 link=b second=1205;"
                + "clicked 1 link=c second=1210"),
        arguments(
            "three links in eleven seconds",
            "hhh",
            "delivered 1;clicked 1 link=a second=1200;clicked 1 link=b second=1205;"
                + "clicked 1 link=c second=1211"),
        arguments(
            "an open among three links",
            "sssss",
            "delivered 1;clicked 1 link=a second=1200;opened 1 second=1202;"
                + "clicked 1 link=b second=1205;forwarded 1 second=1206;opened 1 second=1210 agent=gmail-prefetch;"
                + "opened 1 second=1207"),
        arguments(
            "the same link three times",
            "hhh",
            "delivered 1;clicked 1 link=a second=1200;clicked 1 link=a second=1201;"
                + "clicked 1 link=a second=1202"),
        arguments(
            "three links at a private mailbox in four seconds, then in three",
            "hsss",
            "delivered 1 mailbox-provider=Gmail;clicked 1 link=a second=1199;"
                + "clicked 1 link=b second=1200;clicked 1 link=c second=1203;"
                + "clicked 1 link=d second=1203"),
        arguments(
            "three links at the last moment of the half hour, and after it",
            "ssshhh",
            "delivered 1;clicked 1 link=a second=1790;clicked 1 link=b second=1795;"
                + "clicked 1 link=c second=1800;clicked 1 link=d second=9000;"
                + "clicked 1 link=e second=9001;clicked 1 link=f second=9002"),
        arguments(
            "five links long after delivery",
            "sssss",
            "delivered 1;clicked 1 link=a second=9000;clicked 1 link=b second=9000;"
                + "clicked 1 link=c second=9001;clicked 1 link=d second=9001;"
                + "clicked 1 link=e second=9010"),
        arguments(
            "a known machine's links count, and it keeps its verdict",
            "ssb",
            "delivered 1;clicked 1 link=a second=1200;clicked 1 link=b second=1200;"
                + "clicked 1 link=c second=1200 agent=python"),
        arguments(
            "what came through a mail proxy is left alone",
            "pp",
            "delivered 1;opened 1 second=1 agent=gmail;opened 1 second=1 agent=apple"),
        arguments(
            "three networks in thirty seconds, and Apple's are one",
            "ssshhh",
            "delivered 1;opened 1 second=100 ip=1;opened 1 second=120 ip=2;"
                + "opened 1 second=130 ip=3;opened 1 second=300 ip=4 network=apple_egress;"
                + "opened 1 second=300 ip=5 network=apple_egress;opened 1 second=300 ip=6"),
        arguments(
            "the unsubscribe page and another link within ten seconds",
            "ss",
            "delivered 1;unsubscribe_viewed 1 second=100;clicked 1 link=a second=110"),
        arguments(
            "the unsubscribe page and another link after eleven seconds",
            "hh",
            "delivered 1;unsubscribe_viewed 1 second=100;clicked 1 link=a second=111"),
        arguments(
            "a person unsubscribes",
            "h",
            "delivered 1;unsubscribe_viewed 1 second=100;unsubscribed 1 second=103"),
        arguments(
            "an unsubscribe next to a click",
            "s",
            "delivered 1;clicked 1 link=a second=100;unsubscribed 1 second=103"),
        arguments(
            "clicks and opens at the edges of too soon",
            "hsshsh",
            "delivered 1 second=20;clicked 1 link=a second=9;clicked 1 link=a second=10;"
                + "clicked 1 link=a second=22;clicked 1 link=a second=23;"
                + "opened 1 second=21;opened 1 second=22"),
        arguments(
            "without a delivery the send is the anchor",
            "sh",
            "sent 1 second=20;clicked 1 link=a second=21;clicked 1 link=a second=30"),
        arguments(
            "a provider's report of a click is not a second one",
            "hhhh",
            "delivered 1;clicked 1 link=a second=1200;clicked 1 link=b second=1200;"
                + "clicked 1 link=c second=1200 provider;clicked 1 link=d second=1200 provider"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void judgesAsByHand(String name, String expected, String script) {
    List<EmailEvent> message = Script.events(START, List.of(script.split(";", -1)));
    StringBuilder verdicts = new StringBuilder();
    for (EmailEvent event : message) {
      if (List.of("opened", "clicked", "unsubscribe_viewed").contains(event.getType())) {
        verdicts.append(new Hindsight().verdict(event, message).charAt(0));
      }
    }

    assertThat(verdicts).as(name).hasToString(expected);
  }
}
