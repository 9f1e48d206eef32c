package io.aftersend.processor.count;

import io.aftersend.processor.count.PendingCounts.BucketOf;
import io.aftersend.processor.count.PendingCounts.LinkOf;
import io.aftersend.processor.count.PendingCounts.SliceKey;
import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.CommitHook;
import io.aftersend.processor.state.RecentValues;
import io.aftersend.processor.state.TransientStore;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/// The stores of counting.
///
/// @param factsKept how long the facts of a message are kept at least after its last event
public record CountingStores(Duration factsKept) {
  private static final String FACTS = "message-facts";
  private static final String RECENT_FACTS = "recent-facts";
  private static final String PENDING_CAMPAIGNS = "pending-campaigns";
  private static final String PENDING_BUCKETS = "pending-buckets";
  private static final String PENDING_LINKS = "pending-links";
  private static final String COMMIT = "count-commit";

  /// Facts that each task holds as objects: of messages whose events come close together, such as
  /// that they were sent and delivered.
  private static final int RECENT = 250;

  /// What makes the stores, always in the same order.
  public List<StoreBuilder<?>> builders() {
    return List.of(
        AgingStore.builder(FACTS, factsKept, AvroSerde.of(MessageFacts.class)),
        RecentValues.<MessageFacts>builder(RECENT_FACTS, RECENT),
        TransientStore.<SliceKey, CampaignSums>builder(PENDING_CAMPAIGNS),
        TransientStore.<BucketOf, HeatmapBucket>builder(PENDING_BUCKETS),
        TransientStore.<LinkOf, LinkMetrics>builder(PENDING_LINKS),
        CommitHook.builder(COMMIT));
  }

  /// Names of the stores, by which processors are connected to them.
  public List<String> names() {
    return List.of(FACTS, RECENT_FACTS, PENDING_CAMPAIGNS, PENDING_BUCKETS, PENDING_LINKS);
  }

  AgingStore<MessageFacts> facts(ProcessorContext<?, ?> context) {
    return new AgingStore<>(
        context.getStateStore(FACTS), factsKept, context.getStateStore(RECENT_FACTS));
  }

  /// Has an action run before every commit of the task.
  void beforeCommit(ProcessorContext<?, ?> context, Runnable forward) {
    CommitHook hook = context.getStateStore(COMMIT);
    hook.beforeCommit(context, forward);
  }

  PendingCounts pending(ProcessorContext<?, ?> context) {
    return new PendingCounts(
        context.getStateStore(PENDING_CAMPAIGNS),
        context.getStateStore(PENDING_BUCKETS),
        context.getStateStore(PENDING_LINKS));
  }
}
