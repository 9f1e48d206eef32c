package io.aftersend.standalone.command;

import io.aftersend.processor.ProcessorConfig;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.stack.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Makes or updates topics and tables.
@Command(
    name = "migrate",
    description = {
      "Makes or updates Kafka topics and ClickHouse tables.",
      "May run at any time and twice at once; `up` and `processor` do it at their start. Needs",
      "AFTERSEND_KAFKA_BOOTSTRAP and AFTERSEND_CLICKHOUSE_URL."
    })
final class MigrateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  MigrateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    ProcessorConfig config = ProcessorConfig.from(common.values(surroundings.environment()));
    Migrations.topics(config.kafka());
    Migrations.tables(config);
    surroundings
        .out()
        .println(
            "topics at %s and tables of %s are up to date"
                .formatted(config.kafka().cluster().bootstrap(), config.sink().clickHouse()));
    return 0;
  }
}
