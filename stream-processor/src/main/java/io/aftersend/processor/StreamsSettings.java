package io.aftersend.processor;

import io.aftersend.processor.state.StoreMemory;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The settings of Kafka Streams.
final class StreamsSettings {
  /// Bytes for records that wait in memory for the next commit, over all threads: what changes
  /// several times between commits is then written once.
  private static final long STORE_CACHE_BYTES = 64L * 1024 * 1024;

  /// Above the edge's largest event, with room for what judging adds.
  private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;

  /// Bytes of a batch for one partition. Large, since a transaction's records go out together:
  /// larger batches compress better, and cost the broker less.
  private static final int BATCH_BYTES = 128 * 1024;

  private StreamsSettings() {}

  /// @param instanceId the same at every start of this installation
  static Map<String, Object> of(ProcessorConfig config, String instanceId, StoreMemory memory) {
    ProcessorConfig.Streams streams = config.streams();
    int sessionMs = Math.toIntExact(streams.sessionTimeout().toMillis());
    Map<String, Object> settings = config.kafka().cluster().settings();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.kafka().processorGroup());
    settings.put(StreamsConfig.CLIENT_ID_CONFIG, "processor");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, streams.stateDirectory().toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams.threads());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, streams.commitInterval().toMillis());
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Nothing depends on the order between topics, so no record waits for those of another one.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, STORE_CACHE_BYTES);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.Setter.class);
    settings.put(StoreMemory.KEY, memory);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), sessionMs);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), sessionMs / 4);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    // Internal topics: small segments, so that what is dead is compacted soon.
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG),
        Integer.toString(64 * 1024 * 1024));
    return settings;
  }
}
