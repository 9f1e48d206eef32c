package io.aftersend.processor;

import io.aftersend.processor.count.CountingStores;
import io.aftersend.processor.count.RejudgementMetrics;
import io.aftersend.processor.count.RejudgementProcessor;
import io.aftersend.processor.hindsight.HindsightMetrics;
import io.aftersend.processor.hindsight.HindsightStores;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/// The part of the topology that takes in messages judged anew under changed rules.
final class RejudgeStage {
  private RejudgeStage() {}

  /// Adds it behind counting, whose stores, and so tasks, it shares. Gives the events with new
  /// judgements.
  static KStream<String, JudgedEvent> build(
      StreamsBuilder builder,
      TopologySettings settings,
      Topics topics,
      RejudgementMetrics metrics,
      HindsightMetrics hindsightMetrics) {
    CountingStores stores = new CountingStores(settings.factsKept());
    HindsightStores hindsight = new HindsightStores(settings.hindsight());
    List<String> names = new ArrayList<>(stores.names());
    names.addAll(hindsight.names());
    return builder.stream(
            topics.rejudgements().name(),
            Consumed.with(Serdes.String(), Serdes.ByteArray())
                .withTimestampExtractor(new IngestTime())
                .withName("rejudgements"))
        .process(
            () ->
                new RejudgementProcessor(
                    stores, hindsight, settings.rules(), metrics, hindsightMetrics),
            Named.as("rejudge"),
            names.toArray(String[]::new));
  }
}
