package io.aftersend.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LanesTest {
  @Test
  void deliversOfOneOrderOneAfterTheOtherAndOthersMeanwhile() throws Exception {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch others = new CountDownLatch(2);
    try (Lanes lanes = new Lanes("lanes-")) {
      lanes.deliver(
          List.of(of("a", 1), of("b", 2), of("a", 3), of("b", 4)),
          delivery -> {
            if (delivery.order().equals("a")) {
              others.await();
            }
            done.add(delivery.order() + delivery.offset());
            if (delivery.order().equals("b")) {
              others.countDown();
            }
          },
          () -> {});
    }

    assertThat(done).containsExactly("b2", "b4", "a1", "a3");
  }

  @Test
  void wakesThoseWhoWaitWhenTheReceiverIsBack() throws Exception {
    Recovery recovery = new Recovery();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    recovery.await(Duration.ofMinutes(5));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    recovery.took();

    assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
  }

  private static Delivery of(String order, long offset) {
    TopicPartition partition = new TopicPartition("t", 0);
    return new Delivery(
        order + offset,
        "event.clicked",
        order,
        partition,
        offset,
        Instant.EPOCH,
        null,
        null,
        null,
        new byte[0]);
  }
}
