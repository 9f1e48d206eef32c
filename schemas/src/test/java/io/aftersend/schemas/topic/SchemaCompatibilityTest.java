package io.aftersend.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCompatibilityTest {
  private static final Path SCHEMAS = Path.of("src/main/avro");
  private static final Path RELEASED = Path.of("src/main/resources/io/aftersend/schemas/released");

  static List<Path> schemaFiles() throws IOException {
    try (Stream<Path> files = Files.walk(SCHEMAS)) {
      return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("schemaFiles")
  void readsAndIsReadByEveryRelease(Path file) throws IOException {
    Schema current = new Schema.Parser().parse(Files.readString(file));
    List<Schema> released = AvroSerde.releasedSchemas(current.getName());

    assertThat(released).as("released schemas of %s", current.getName()).isNotEmpty();
    for (Schema schema : released) {
      assertCanRead(current, schema);
      assertCanRead(schema, current);
    }
  }

  @Test
  void everySchemaIsReleasedAndEveryReleasedOneStillExists() throws IOException {
    List<String> current =
        schemaFiles().stream().map(Path::getFileName).map(Path::toString).toList();

    try (Stream<Path> released = Files.walk(RELEASED)) {
      assertThat(
              released
                  .map(Path::getFileName)
                  .map(Path::toString)
                  .filter(name -> name.endsWith(".avsc")))
          .containsOnly(current.toArray(String[]::new));
    }
  }

  @Test
  void fieldWithoutDefaultBreaksCompatibility() {
    Schema before = new Schema.Parser().parse(record("{\"name\":\"a\",\"type\":\"string\"}"));
    Schema after =
        new Schema.Parser()
            .parse(
                record(
                    "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}"));

    assertThat(compatibility(after, before)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
  }

  private static void assertCanRead(Schema reader, Schema writer) {
    assertThat(compatibility(reader, writer)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }
}
