package io.aftersend.embedded.clickhouse.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UInt8|1",
        "Int256|32",
        "Float64|8",
        "BFloat16|2",
        "Bool|1",
        "DateTime('Asia/Tehran')|4",
        "DateTime64(3, 'UTC')|8",
        "Decimal(9, 2)|4",
        "Decimal(76, 0)|32",
        "FixedString(17)|17",
        "Enum16('a (b' = 1, 'c'',' = 2)|2",
        "UUID|16",
        "IntervalDay|8"
      })
  void knowsTheWidthOf(String type, int width) throws Exception {
    assertThat(NativeType.parse(type)).isEqualTo(new NativeType.Fixed(width));
  }

  @Test
  void readsNestedTypesWithNamesAndQuotes() throws Exception {
    NativeType.Fixed one = new NativeType.Fixed(1);
    NativeType.Text text = new NativeType.Text();
    assertThat(NativeType.parse("Tuple(a UInt8, `b, c` String, d Enum8('x, (' = 1))"))
        .isEqualTo(new NativeType.Tuple(List.of(one, text, one)));
    assertThat(NativeType.parse("Map(LowCardinality(String), Array(Nullable(UInt8)))"))
        .isEqualTo(
            new NativeType.Array(
                new NativeType.Tuple(
                    List.of(
                        new NativeType.LowCardinality(text),
                        new NativeType.Array(new NativeType.Nullable(one))))));
    assertThat(NativeType.parse("SimpleAggregateFunction(sum, Decimal(18, 4))"))
        .isEqualTo(new NativeType.Fixed(8));
  }

  @Test
  void refusesATypeWithoutAKnownLayout() {
    assertThatThrownBy(() -> NativeType.parse("AggregateFunction(uniq, UInt64)"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("NOT_IMPLEMENTED");
  }
}
