package io.aftersend.processor.sink;

/// Inserts rows into a table.
interface RowInserter extends AutoCloseable {

  /// Inserts an Avro file whose fields are the table's columns. When it returns, the server has
  /// acknowledged all rows.
  ///
  /// @param rows the number of rows in the file
  /// @throws RefusedRowsException where the server refuses the content: again would not help
  /// @throws UnreadableFileException where the server fails in a way in which it fails for broken
  ///   files, though not only for them
  /// @throws UnavailableException where it may work later
  void insert(String table, byte[] avroFile, int rows)
      throws RefusedRowsException,
          UnreadableFileException,
          UnavailableException,
          InterruptedException;

  @Override
  void close();

  /// The server refuses rows for what is in them.
  final class RefusedRowsException extends Exception {
    RefusedRowsException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The server may not be able to read the file.
  final class UnreadableFileException extends Exception {
    UnreadableFileException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Rows cannot be inserted now, for a reason that is not in them.
  final class UnavailableException extends Exception {
    UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
