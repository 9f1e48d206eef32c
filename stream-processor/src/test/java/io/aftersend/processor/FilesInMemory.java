package io.aftersend.processor;

import io.aftersend.processor.state.StoreMemory;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Env;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksMemEnv;

/// Stores as the processor has them, whose files are in memory: a test driver flushes all of them
/// after each record.
public final class FilesInMemory implements RocksDBConfigSetter {
  private static final Env FILES;

  static {
    RocksDB.loadLibrary();
    FILES = new RocksMemEnv(Env.getDefault());
  }

  private final StoreMemory.Setter memory = new StoreMemory.Setter();

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configuration) {
    memory.setConfig(storeName, options, configuration);
    options.setEnv(FILES);
  }

  @Override
  public void close(String storeName, Options options) {
    memory.close(storeName, options);
  }
}
