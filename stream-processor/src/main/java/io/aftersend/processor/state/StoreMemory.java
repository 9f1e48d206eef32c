package io.aftersend.processor.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// The native memory that all RocksDB stores of a processor share: one block cache, whose bound
/// takes in the write buffers, indexes and filters, so that more partitions or segments do not take
/// more.
///
/// Put it into the Streams configuration under [#KEY] together with [Setter]. Close it after the
/// stores.
public final class StoreMemory implements AutoCloseable {
  /// Key of the Streams configuration under which the stores find it.
  public static final String KEY = "aftersend.store.memory";

  /// Bytes of one store's write buffer. Small, since there are dozens of stores.
  private static final long ONE_BUFFER_BYTES = 8L * 1024 * 1024;

  private static final double SHARE_OF_INDEXES = 0.2;

  /// Of a write buffer, for the filter that tells which keys are not in it: ten bits a key where an
  /// entry has a hundred bytes or more.
  private static final double SHARE_OF_BUFFERS_FILTER = 0.01;

  /// Bytes by which a write buffer grows. Small, since most stores hold little.
  private static final long BUFFER_STEP_BYTES = 256L * 1024;

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /// @param totalBytes for blocks, write buffers (a third), indexes and filters together
  public StoreMemory(long totalBytes) {
    RocksDB.loadLibrary();
    cache = new LRUCache(totalBytes, -1, false, SHARE_OF_INDEXES);
    writeBuffers = new WriteBufferManager(totalBytes / 3, cache);
  }

  /// Frees the memory. No store may use it any more.
  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /// Gives a store its part; Kafka Streams makes one by its name.
  public static final class Setter implements RocksDBConfigSetter {
    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configuration) {
      if (!(configuration.get(KEY) instanceof StoreMemory memory)) {
        throw new IllegalStateException("expected a StoreMemory under " + KEY);
      }
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      table.setBlockCache(memory.cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setCacheIndexAndFilterBlocksWithHighPriority(true);
      table.setPinTopLevelIndexAndFilter(true);
      // Most look-ups are for keys that are not there, or by the whole key.
      table.setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
      options.setMemtablePrefixBloomSizeRatio(SHARE_OF_BUFFERS_FILTER);
      options.setMemtableWholeKeyFiltering(true);
      table.setPinL0FilterAndIndexBlocksInCache(true);
      options.setArenaBlockSize(BUFFER_STEP_BYTES);
      options.setWriteBufferManager(memory.writeBuffers);
      options.setWriteBufferSize(ONE_BUFFER_BYTES);
      options.setMaxWriteBufferNumber(2);
      options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
      // The cache and the buffers are shared: their owner closes them.
    }
  }
}
