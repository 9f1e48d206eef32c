package io.aftersend.processor.sink;

import io.aftersend.processor.deadletter.Unusable;
import io.aftersend.processor.sink.RowInserter.RefusedRowsException;
import io.aftersend.processor.sink.RowInserter.UnavailableException;
import io.aftersend.processor.sink.RowInserter.UnreadableFileException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a batch into ClickHouse. Rows that it refuses for their content are found by halving and
/// become dead letters; the rest goes in. For the sink's thread.
final class BatchWriter {
  private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

  private final RowInserter inserter;
  private final DeadLetterWriter deadLetters;
  private final SinkMetrics metrics;

  BatchWriter(RowInserter inserter, DeadLetterWriter deadLetters, SinkMetrics metrics) {
    this.inserter = inserter;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  /// Inserts all rows, table by table; what is in leaves the batch. Afterwards all dead letters are
  /// safe too.
  ///
  /// @throws UnavailableException where it may work later; what is not in is still in the batch
  void write(SinkBatch batch) throws UnavailableException, InterruptedException {
    for (SinkTable table : batch.waitingTables()) {
      try {
        write(table, batch.rowsOf(table));
      } catch (UnavailableException e) {
        metrics.onRetry(table.table());
        throw e;
      }
      batch.inserted(table);
    }
    deadLetters.awaitAll();
  }

  private void write(SinkTable table, List<SinkRow> rows)
      throws UnavailableException, InterruptedException {
    long startNs = System.nanoTime();
    try {
      inserter.insert(table.table(), table.file(rows), rows.size());
      metrics.onInserted(table.table(), rows.size(), System.nanoTime() - startNs);
    } catch (RefusedRowsException e) {
      writeAroundRefused(table, rows, e);
    } catch (UnreadableFileException e) {
      writeReadable(table, rows, e);
    }
  }

  private void writeAroundRefused(SinkTable table, List<SinkRow> rows, RefusedRowsException refusal)
      throws UnavailableException, InterruptedException {
    if (rows.size() == 1) {
      setAside(
          rows.getFirst(),
          new Unusable(
              Unusable.Reason.REFUSED_BY_CLICKHOUSE, String.valueOf(refusal.getMessage())));
      return;
    }
    int half = rows.size() / 2;
    write(table, rows.subList(0, half));
    write(table, rows.subList(half, rows.size()));
  }

  /// Where all rows can be read, the failure has another cause, and may pass.
  private void writeReadable(SinkTable table, List<SinkRow> rows, UnreadableFileException failure)
      throws UnavailableException, InterruptedException {
    List<SinkRow> readable = rows.stream().filter(table::isReadable).toList();
    if (readable.size() == rows.size()) {
      throw new UnavailableException(String.valueOf(failure.getMessage()), failure);
    }
    for (SinkRow row : rows) {
      if (!table.isReadable(row)) {
        setAside(
            row,
            new Unusable(
                Unusable.Reason.UNDECODABLE,
                "expected one Avro record for %s, got %d other bytes"
                    .formatted(table.table(), row.body().remaining())));
      }
    }
    if (!readable.isEmpty()) {
      write(table, readable);
    }
  }

  private void setAside(SinkRow row, Unusable unusable) {
    log.warn("Row {} set aside: {}", row.place(), unusable.error());
    deadLetters.send(row.place(), unusable, row.key(), row.value());
  }
}
