package io.aftersend.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.JudgedEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordReaderTest {
  private static final int CASES = 200;
  private static final long SEED = 12;

  /// Avro makes instances of trusted classes only; that ours are is said where the serdes begin.
  @BeforeAll
  static void trustOurRecords() {
    assertThat(AvroSerde.of(EmailEvent.class)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.aftersend.schemas.topic.RandomRecords#types")
  void readsWhatAvrosOwnWriterWrote(Class<? extends SpecificRecord> type) throws IOException {
    Schema schema = SpecificData.getForClass(type).getSchema(type);
    RecordReader ours = RecordReader.of(schema);
    ByteInput in = new ByteInput();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      SpecificRecord record = RandomRecords.of(schema, random);
      byte[] plain = RandomRecords.avroBytes(record, EncoderFactory.get()::binaryEncoder);
      byte[] inBlocks =
          RandomRecords.avroBytes(record, EncoderFactory.get()::blockingBinaryEncoder);

      for (byte[] bytes : new byte[][] {plain, inBlocks}) {
        in.start(bytes, 0);
        assertThat(ours.read(in))
            .as("case %d of seed %d: %s", i, SEED, record)
            .isInstanceOf(type)
            .isEqualTo(record);
      }
    }
  }

  @Test
  void refusesBytesThatEndTooSoon() throws IOException {
    Schema schema = JudgedEvent.getClassSchema();
    byte[] bytes =
        RandomRecords.avroBytes(
            RandomRecords.of(schema, new SplittableRandom(SEED)),
            EncoderFactory.get()::binaryEncoder);
    RecordReader reader = RecordReader.of(schema);
    ByteInput in = new ByteInput();
    for (int length = 0; length < bytes.length; length++) {
      in.start(Arrays.copyOf(bytes, length), 0);
      assertThatThrownBy(() -> reader.read(in)).isInstanceOf(RuntimeException.class);
    }
  }

  /// A broken length must not take the memory that it names.
  @Test
  void refusesLengthsBeyondTheBytes() {
    ByteOutput out = new ByteOutput();
    for (long length : new long[] {Long.MAX_VALUE, Integer.MAX_VALUE, 2, -1, Long.MIN_VALUE}) {
      out.reset();
      out.writeLong(length);
      out.writeBoolean(true);
      ByteInput in = new ByteInput();

      in.start(out.toByteArray(), 0);
      assertThatThrownBy(in::readString).isInstanceOf(IllegalArgumentException.class);
      in.start(out.toByteArray(), 0);
      assertThatThrownBy(in::readName).isInstanceOf(IllegalArgumentException.class);
      in.start(out.toByteArray(), 0);
      assertThatThrownBy(in::readBlock).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void namesOfTheSamePlaceAreNotMixedUp() {
    ByteOutput out = new ByteOutput();
    ByteInput in = new ByteInput();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5_000; i++) {
        out.reset();
        out.writeString("é" + i);
        in.start(out.toByteArray(), 0);
        assertThat(in.readName()).isEqualTo("é" + i);
      }
    }
  }
}
