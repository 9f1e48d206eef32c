package io.aftersend.schemas.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class MigrationTest {
  @Test
  void filesAreNumberedUpwardsWithoutRepeats() {
    List<Integer> numbers = Migration.all().stream().map(Migration::number).toList();

    assertThat(numbers).startsWith(1).isSorted().doesNotHaveDuplicates();
    assertThat(Migration.all())
        .allSatisfy(migration -> assertThat(migration.statements()).isNotEmpty());
  }

  @Test
  void statementsEndAtALineThatEndsInASemicolon() {
    assertThat(Migration.statements("-- why; because\nSELECT ';',\n 1;\n\nSELECT 2;\n"))
        .containsExactly("SELECT ';',\n 1", "SELECT 2");
  }

  @Test
  void statementWithoutEndIsRefused() {
    assertThatThrownBy(() -> Migration.statements("SELECT 1\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SELECT 1");
  }

  @Test
  void eventTableHasAColumnForEachFieldOfTheRecord() {
    String table =
        Migration.all().stream()
            .flatMap(migration -> migration.statements().stream())
            .filter(
                statement ->
                    statement.contains(" TABLE IF NOT EXISTS event_log\n")
                        || statement.contains("ALTER TABLE event_log ADD COLUMN"))
            .collect(Collectors.joining());

    assertThat(JudgedEvent.getClassSchema().getFields())
        .extracting(Schema.Field::name)
        .allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
  }

  @Test
  void accountingTableHasAColumnForEachFieldOfTheRecord() {
    String table = Migration.all().get(5).statements().getFirst();

    assertThat(LaneAccounting.getClassSchema().getFields())
        .extracting(Schema.Field::name)
        .allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
  }
}
