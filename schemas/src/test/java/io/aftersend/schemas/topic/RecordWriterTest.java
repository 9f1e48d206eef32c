package io.aftersend.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.schemas.event.EmailEvent;
import java.io.IOException;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordWriterTest {
  private static final int CASES = 200;
  private static final long SEED = 11;

  /// Avro makes instances of trusted classes only; that ours are is said where the serdes begin.
  @BeforeAll
  static void trustOurRecords() {
    assertThat(AvroSerde.of(EmailEvent.class)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.aftersend.schemas.topic.RandomRecords#types")
  void writesWhatAvrosOwnWriterWrites(Class<? extends SpecificRecord> type) throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    RecordWriter ours = RecordWriter.of(schema);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      SpecificRecord record = RandomRecords.of(schema, random);

      assertThat(written(ours, record))
          .as("case %d of seed %d: %s", i, SEED, record)
          .isEqualTo(RandomRecords.avroBytes(record, EncoderFactory.get()::binaryEncoder));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "event_time", "labels"})
  void saysWhichValueIsMissing(String field) {
    Schema schema = EmailEvent.getClassSchema();
    SpecificRecord event = RandomRecords.of(schema, new SplittableRandom(SEED));
    event.put(schema.getField(field).pos(), null);

    assertThatThrownBy(() -> written(RecordWriter.of(schema), event)).hasMessageContaining(field);
  }

  private static byte[] written(RecordWriter writer, SpecificRecord record) {
    ByteOutput out = new ByteOutput();
    writer.write(record, out);
    return out.toByteArray();
  }
}
