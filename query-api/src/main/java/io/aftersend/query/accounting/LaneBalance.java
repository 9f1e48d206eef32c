package io.aftersend.query.accounting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of the sequences of one lane, as both stages say it, and what neither accounts for.
///
/// @param journal id of the journal, 16 hexadecimal digits
/// @param edge the edge's part
/// @param processor the processor's part
/// @param missingAtEdge sequences that the edge does not account for
/// @param missing acknowledged sequences that the processor does not account for; below zero where
///   it has seen more than the edge has said so far
/// @param storedRows rows that there are; null where retention may have taken some
public record LaneBalance(
    String journal,
    int lane,
    EdgePart edge,
    ProcessorPart processor,
    long missingAtEdge,
    long missing,
    @Nullable Long storedRows) {

  /// What the edge says of the way into Kafka.
  ///
  /// @param id the edge's id, empty where unknown
  /// @param time as of when; null where it has said nothing yet
  /// @param dropped sequences that never went to Kafka, by reason
  public record EdgePart(
      String id,
      @Nullable Instant time,
      long highest,
      long acknowledged,
      long waiting,
      Map<String, Long> dropped,
      long resent,
      long lagBytes,
      long lagMs) {}

  /// What the processor says of the way from Kafka to the rows.
  ///
  /// @param time as of when; null where it has said nothing yet
  /// @param dropped sequences that became dead letters, by reason
  public record ProcessorPart(
      @Nullable Instant time, long stored, long repeats, Map<String, Long> dropped, long resent) {}

  LaneBalance withStoredRows(long rows) {
    return new LaneBalance(journal, lane, edge, processor, missingAtEdge, missing, rows);
  }

  LaneBalance withoutStoredRows() {
    return new LaneBalance(journal, lane, edge, processor, missingAtEdge, missing, null);
  }

  /// The latest of what either stage has said; null where neither has said anything.
  public @Nullable Instant time() {
    Instant atEdge = edge.time();
    Instant atProcessor = processor.time();
    if (atEdge == null || atProcessor == null) {
      return atEdge == null ? atProcessor : atEdge;
    }
    return atEdge.isAfter(atProcessor) ? atEdge : atProcessor;
  }

  /// Stored sequences without a row; 0 where that cannot be told.
  public long missingRows() {
    return storedRows == null ? 0 : processor.stored() - storedRows;
  }

  /// Whether every sequence is accounted for.
  public boolean isBalanced() {
    return problems().isEmpty();
  }

  /// What does not add up, one sentence each; none where all does.
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (edge.time() == null) {
      problems.add("the edge has said nothing of it yet");
      return problems;
    }
    if (missingAtEdge != 0) {
      problems.add(
          "the edge does not account for %d of its %d sequences"
              .formatted(missingAtEdge, edge.highest()));
    }
    if (missing > 0) {
      problems.add(
          "%d of %d acknowledged sequences are neither stored nor repeats nor dropped"
              .formatted(missing, edge.acknowledged()));
    } else if (missing < 0) {
      problems.add(
          "%d sequences more than the edge's %d acknowledged ones came through"
              .formatted(-missing, edge.acknowledged()));
    }
    if (missingRows() > 0) {
      problems.add(
          "%d of %d stored sequences have no row".formatted(missingRows(), processor.stored()));
    } else if (missingRows() < 0) {
      problems.add(
          "%d rows more than the %d stored sequences"
              .formatted(-missingRows(), processor.stored()));
    }
    return problems;
  }
}
