package io.aftersend.edge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A journal whose lanes are read: the present one, or one that an earlier start has left. Confined
/// to the reading thread.
public final class OpenJournal {
  private final String id;
  private final Path directory;
  private final List<LaneReader> lanes;
  private final int checkpointLanes;
  private final SegmentStore store;
  private @Nullable Checkpoint checkpoint;

  OpenJournal(
      String id,
      Path directory,
      List<LaneReader> lanes,
      int checkpointLanes,
      SegmentStore store,
      @Nullable Checkpoint checkpoint) {
    this.id = id;
    this.directory = directory;
    this.lanes = List.copyOf(lanes);
    this.checkpointLanes = checkpointLanes;
    this.store = store;
    this.checkpoint = checkpoint;
  }

  /// 16 hexadecimal digits.
  public String id() {
    return id;
  }

  /// The lanes that have something to say, in their order.
  public List<LaneReader> lanes() {
    return lanes;
  }

  /// Keeps a lane's state for the next start. A full disk does not keep it from that once the file
  /// is there.
  public void save(int lane, LaneState state) throws IOException {
    Checkpoint present = checkpoint;
    if (present == null) {
      Files.createDirectories(directory);
      present = Checkpoint.open(directory, checkpointLanes);
      checkpoint = present;
    }
    present.write(lane, state);
  }

  /// Returns once the saved states are on the disk. Has to come before segments are let go, or the
  /// next start would miss what was in them.
  public void force() throws IOException {
    Checkpoint present = checkpoint;
    if (present != null) {
      present.force();
    }
  }

  /// Ends the reading of an earlier journal whose lanes are finished: its directory goes with its
  /// last segment.
  public void finish() throws IOException {
    close();
    store.finished(directory);
  }

  /// Ends the reading. Further calls do nothing.
  public void close() throws IOException {
    Checkpoint present = checkpoint;
    checkpoint = null;
    if (present != null) {
      present.close();
    }
  }
}
