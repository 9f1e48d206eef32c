package io.aftersend.processor.sink;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Inserts into ClickHouse over HTTP.
final class ClickHouseInserter implements RowInserter {
  /// Longer than the client's own timeouts, which end an insert first.
  private static final long TIMEOUT_SECONDS = 120;

  /// The codes by which ClickHouse says that it cannot use a row's content. All others, also ones
  /// that are not known here, are taken as passing: skipping a good row would be worse than waiting
  /// with a loud health check.
  private static final Set<Integer> CONTENT_CODES =
      Set.of(
          6, // CANNOT_PARSE_TEXT
          26, // CANNOT_PARSE_QUOTED_STRING
          27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
          32, // ATTEMPT_TO_READ_AFTER_EOF
          33, // CANNOT_READ_ALL_DATA
          36, // BAD_ARGUMENTS
          38, // CANNOT_PARSE_DATE
          41, // CANNOT_PARSE_DATETIME
          53, // TYPE_MISMATCH
          69, // ARGUMENT_OUT_OF_BOUND
          70, // CANNOT_CONVERT_TYPE
          72, // CANNOT_PARSE_NUMBER
          117, // INCORRECT_DATA
          131, // TOO_LARGE_STRING_SIZE
          321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
          349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
          407, // DECIMAL_OVERFLOW
          469); // VIOLATED_CONSTRAINT

  /// STD_EXCEPTION: how the errors of ClickHouse's Avro reader come, and those of a full disk.
  private static final int STD_EXCEPTION = 1001;

  private final Client client;
  private final String server;

  ClickHouseInserter(ClickHouseAddress address) {
    client = address.connect();
    server = address.toString();
  }

  @Override
  public void insert(String table, byte[] avroFile, int rows)
      throws RefusedRowsException,
          UnreadableFileException,
          UnavailableException,
          InterruptedException {
    InsertSettings settings =
        new InsertSettings()
            .serverSetting("input_format_null_as_default", "1")
            .serverSetting("input_format_avro_allow_missing_fields", "1")
            // Rows that replace each other may lie in one part too: merges and views see to both.
            .serverSetting("optimize_on_insert", "0")
            // A batch of events imported late may span any number of months.
            .serverSetting("max_partitions_per_insert_block", "0");
    try (InsertResponse response =
        client
            .insert(table, new ByteArrayInputStream(avroFile), ClickHouseFormat.Avro, settings)
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      response.getQueryId();
    } catch (ExecutionException e) {
      throw classified(table, rows, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unavailable(table, rows, e);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw classified(table, rows, e);
    }
  }

  private UnavailableException classified(String table, int rows, Throwable failure)
      throws RefusedRowsException, UnreadableFileException {
    if (failure instanceof ServerException e) {
      String message =
          "%s refused %d rows for %s: %s".formatted(server, rows, table, e.getMessage());
      if (CONTENT_CODES.contains(e.getCode())) {
        throw new RefusedRowsException(message, e);
      }
      if (e.getCode() == STD_EXCEPTION) {
        throw new UnreadableFileException(message, e);
      }
    }
    return unavailable(table, rows, failure);
  }

  private UnavailableException unavailable(String table, int rows, Throwable failure) {
    return new UnavailableException(
        "%s did not take %d rows for %s: %s".formatted(server, rows, table, failure), failure);
  }

  @Override
  public void close() {
    client.close();
  }
}
