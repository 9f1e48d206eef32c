package io.aftersend.edge.hit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.aftersend.edge.TestTenants;
import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.TrackingMode;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole handler, from a request's bytes to the answer's, allocates nothing.
class HitAllocationTest {
  private static final int HITS = 10_000;

  @SuppressWarnings("StringConcatToTextBlock") // Lines of a request end in CR LF.
  private static final String HEADERS =
      " HTTP/1.1\r\nHost: Links.Example.com:8080\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
          + "Accept: image/avif,image/webp,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br\r\n"
          + "Referer: https://mail.example.com/inbox?x=1\r\nSec-Purpose: prefetch\r\n"
          + "Cookie: a=b; c=d\r\nConnection: keep-alive\r\n\r\n";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final TestTenants tenants = new TestTenants(7);
  private final HotPath edge = edge((byte) 203, (byte) 0, (byte) 113, (byte) 77);

  private HotPath edge(byte... client) {
    return new HotPath(
        tenants,
        NetworkTable.parse(List.of("203.0.113.0/24,hosting,64500", "2001:db8::/32,google,15169")),
        InstantSource.fixed(Instant.EPOCH),
        client,
        new KeptRecords("0123456789abcdef", 0));
  }

  private String request(String method, Endpoint endpoint, LinkClaims claims) {
    return method + " /" + endpoint.letter() + "/" + tenants.token(endpoint, claims) + HEADERS;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONVERSION")
  void allocatesNothingPerHit(Endpoint endpoint) {
    LinkClaims claims = TestTenants.claims().build();
    assertThat(allocatedBytes(edge, request("GET", endpoint, claims), "HTTP/1.1 ")).isZero();
    assertThat(edge.lane.nextSequence()).isEqualTo(2L * HITS + 1);
  }

  @ParameterizedTest
  @EnumSource(TrackingMode.class)
  void allocatesNothingInAnyMode(TrackingMode mode) {
    LinkClaims claims = TestTenants.claims().trackingMode(mode).build();
    assertThat(allocatedBytes(edge, request("HEAD", Endpoint.OPEN, claims), "200 OK")).isZero();
  }

  @Test
  void allocatesNothingForAddressesOfTheNewKind() {
    HotPath v6 = edge(new byte[] {0x20, 1, 0xD, (byte) 0xB8, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    byte[] mappedAddress = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
    HotPath mapped = edge(mappedAddress);
    String hit = request("GET", Endpoint.OPEN, TestTenants.claims().build());
    assertThat(allocatedBytes(v6, hit, "200 OK")).isZero();
    assertThat(allocatedBytes(mapped, hit, "200 OK")).isZero();
  }

  @Test
  void allocatesNothingForPipelinedLostAndRefusedHits() {
    String hit = request("GET", Endpoint.CLICK, TestTenants.claims().build());
    assertThat(allocatedBytes(edge, hit.repeat(3), "302 Found")).isZero();
    edge.lane.outcome = AppendOutcome.DISK_FAILED;
    assertThat(allocatedBytes(edge, hit, "302 Found")).isZero();
    assertThat(allocatedBytes(edge, hit.replace("/c/", "/a/"), "404 Not Found")).isZero();
  }

  private long allocatedBytes(HotPath of, String requests, String answer) {
    of.load(requests);
    long warmUp = answerAll(of);
    assertThat(of.answered()).contains(answer);
    long threadId = Thread.currentThread().threadId();
    // The first reading may allocate on behalf of the measuring itself.
    threads.getThreadAllocatedBytes(threadId);
    long before = threads.getThreadAllocatedBytes(threadId);
    long answers = answerAll(of);
    long allocated = threads.getThreadAllocatedBytes(threadId) - before;
    assertThat(answers).isEqualTo(warmUp).isGreaterThanOrEqualTo(HITS);
    return allocated;
  }

  private static long answerAll(HotPath of) {
    long answers = 0;
    for (int i = 0; i < HITS; i++) {
      answers += of.answer();
    }
    return answers;
  }
}
