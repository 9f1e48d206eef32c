package io.aftersend.processor.sink;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/// A server in memory that reads the files, refuses some rows and is down for some inserts.
final class FakeInserter implements RowInserter {
  private final Map<String, List<GenericRecord>> tables = new HashMap<>();
  private final List<Integer> sizes = new ArrayList<>();
  private Predicate<GenericRecord> refused = row -> false;
  private int failures;
  private Runnable onFailure = () -> {};

  @Override
  public void insert(String table, byte[] avroFile, int rows)
      throws RefusedRowsException, UnreadableFileException, UnavailableException {
    if (failures > 0) {
      failures--;
      onFailure.run();
      throw new UnavailableException("down", new IOException("refused"));
    }
    List<GenericRecord> read;
    try {
      read = read(avroFile);
    } catch (RuntimeException e) {
      throw new UnreadableFileException("cannot read", e);
    }
    if (read.size() != rows) {
      throw new AssertionError("expected " + rows + " rows, got " + read.size());
    }
    if (read.stream().anyMatch(refused)) {
      throw new RefusedRowsException("cannot parse", new IOException("code 117"));
    }
    sizes.add(rows);
    tables.computeIfAbsent(table, any -> new ArrayList<>()).addAll(read);
  }

  private static List<GenericRecord> read(byte[] avroFile) {
    List<GenericRecord> rows = new ArrayList<>();
    try (DataFileStream<GenericRecord> in =
        new DataFileStream<>(new ByteArrayInputStream(avroFile), new GenericDatumReader<>())) {
      in.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  void refuse(Predicate<GenericRecord> rows) {
    refused = rows;
  }

  void failNext(int inserts, Runnable whenFailing) {
    failures = inserts;
    onFailure = whenFailing;
  }

  /// The values of a column, in the order of insertion.
  List<String> column(String table, String column) {
    return tables.getOrDefault(table, List.of()).stream()
        .map(row -> String.valueOf(row.get(column)))
        .toList();
  }

  List<Integer> insertSizes() {
    return sizes;
  }

  @Override
  public void close() {}
}
