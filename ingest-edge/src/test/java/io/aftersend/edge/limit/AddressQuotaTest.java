package io.aftersend.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.network.IpAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AddressQuotaTest {
  private final AddressQuota quota = new AddressQuota(2);

  private static byte[] address(String text) {
    return Objects.requireNonNull(IpAddress.parse(text));
  }

  @Test
  void countsEachAddressForItselfAndForgetsTheGone() {
    assertThat(quota.tryTake(address("192.0.2.1"))).isTrue();
    assertThat(quota.tryTake(address("192.0.2.1"))).isTrue();
    assertThat(quota.tryTake(address("192.0.2.1"))).isFalse();
    assertThat(quota.tryTake(address("192.0.2.2"))).isTrue();
    quota.release(address("192.0.2.1"));
    assertThat(quota.tryTake(address("192.0.2.1"))).isTrue();
    assertThat(quota.tryTake(address("192.0.2.1"))).isFalse();
    quota.release(address("192.0.2.1"));
    quota.release(address("192.0.2.1"));
    quota.release(address("192.0.2.2"));
    assertThat(quota.clients()).isZero();
  }

  @Test
  void takesANetworkOf64BitsForOneClient() {
    assertThat(quota.tryTake(address("2001:db8:0:1::1"))).isTrue();
    assertThat(quota.tryTake(address("2001:db8:0:1:ffff::2"))).isTrue();
    assertThat(quota.tryTake(address("2001:db8:0:1::3"))).isFalse();
    assertThat(quota.tryTake(address("2001:db8:0:2::1"))).isTrue();
  }

  @Test
  void allowsNoneMoreWhereNoneIsLeft() {
    AddressQuota none = new AddressQuota(0);
    assertThat(none.tryTake(address("192.0.2.1"))).isFalse();
    assertThat(none.clients()).isZero();
  }
}
