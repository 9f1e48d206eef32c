package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

final class TokenVerifierAllocationTest {
  private static final int CHECKS = 10_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final TokenVerifier verifier = new TokenVerifier(() -> Keys.RING);

  @Test
  void allocatesNothingToVerifyAndRead() {
    byte[] token = Keys.ascii(new TokenSigner(() -> Keys.RING).sign(Endpoint.CLICK, fullClaims()));
    assertThat(verifier.verify(token, 0, token.length, Endpoint.CLICK))
        .isEqualTo(TokenStatus.VALID);

    assertThat(allocatedBytes(token)).isZero();
  }

  @Test
  void allocatesNothingToRefuse() {
    byte[] good = Keys.ascii(new TokenSigner(() -> Keys.RING).sign(Endpoint.OPEN, fullClaims()));
    byte[] malformed = Keys.ascii("A".repeat(37) + "=");
    byte[] badPayload =
        Keys.ascii(HandMade.payload().field(2, "x").token(Keys.ACME, Endpoint.CLICK));

    assertThat(allocatedBytes(good)).isZero();
    assertThat(allocatedBytes(malformed)).isZero();
    assertThat(allocatedBytes(badPayload)).isZero();
  }

  private long allocatedBytes(byte[] token) {
    long warmUp = verifyAll(token);
    long threadId = Thread.currentThread().getId();
    // The first reading may allocate on behalf of the measuring itself.
    threads.getThreadAllocatedBytes(threadId);
    long before = threads.getThreadAllocatedBytes(threadId);
    long sum = verifyAll(token);
    long allocated = threads.getThreadAllocatedBytes(threadId) - before;
    assertThat(sum).isEqualTo(warmUp);
    return allocated;
  }

  /// Returns something that depends on every reading, so that no compiler leaves one out.
  private long verifyAll(byte[] token) {
    long sum = 0;
    for (int i = 0; i < CHECKS; i++) {
      if (verifier.verify(token, 0, token.length, Endpoint.CLICK) == TokenStatus.VALID) {
        sum += verifier.trackedLinks() + verifier.issuedAtSeconds() + verifier.tenant().length();
        sum += verifier.buffer()[verifier.offset(ClaimField.TARGET_URL)];
        sum += verifier.length(ClaimField.TARGET_URL) + verifier.keyId().length();
        sum += verifier.trackingMode() == TrackingMode.FULL || verifier.isTest() ? 1 : 0;
        sum += verifier.position() == PixelPosition.TOP ? 1 : 0;
      }
    }
    return sum;
  }

  private static LinkClaims fullClaims() {
    return LinkClaims.forTenant(Keys.TENANT)
        .campaign("spring-sale")
        .message("m-1234567")
        .recipient("r-1234567")
        .list("newsletter")
        .link("hero")
        .targetUrl("https://example.com/sale?utm_source=newsletter&utm_campaign=spring#top")
        .trackingMode(TrackingMode.AGGREGATE)
        .variant("b")
        .position(PixelPosition.TOP)
        .account("globex")
        .test(true)
        .trackedLinks(12)
        .issuedAtSeconds(1_790_000_000L)
        .fileName("сводка.pdf")
        .channel("mail")
        .build();
  }
}
