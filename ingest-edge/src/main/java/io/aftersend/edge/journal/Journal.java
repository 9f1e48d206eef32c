package io.aftersend.edge.journal;

import io.aftersend.runtime.lifecycle.DirectoryLock;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events on the local disk: what is in a lane survives the death of this process at once, and that
/// of the machine after the next forced write.
///
/// Every start draws a new journal id and leaves earlier journals as they are, to be read to their
/// end, so that no disk, clone or crash can use an id twice. Writers are confined to their threads;
/// the journals that are read belong to one thread; the rest is safe for any.
public final class Journal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final String BOOT_FILE = "boot-id";
  private static final String EDGE_FILE = "edge-id";
  private static final int SPARES = 2;

  private final DirectoryLock lock;
  private final String id;
  private final String edgeId;
  private final String bootId;
  private final SegmentStore store;
  private final SegmentSupply supply;
  private final GroupSync sync;
  private final List<Lane> lanes;
  private final List<OpenJournal> journals;
  private final @Nullable String unreadable;
  private boolean isUnmapped;

  private Journal(
      DirectoryLock lock,
      String id,
      String edgeId,
      String bootId,
      JournalParts parts,
      SegmentSupply supply,
      List<Lane> lanes,
      List<OpenJournal> journals,
      @Nullable String unreadable) {
    this.lock = lock;
    this.id = id;
    this.edgeId = edgeId;
    this.bootId = bootId;
    this.store = parts.store();
    this.sync = parts.sync();
    this.supply = supply;
    this.lanes = lanes;
    this.journals = journals;
    this.unreadable = unreadable;
  }

  /// Opens the directory for this process alone.
  ///
  /// @param hitLanes lanes whose records leave as soon as they are written; they come first
  /// @param postLanes lanes whose records leave once they are on the disk
  /// @param bootId of the machine's present run: when it is another one than last time, everything
  ///   that is kept is sent again
  /// @throws StartupException when another process has the directory, or it cannot be used
  public static Journal open(
      JournalConfig config,
      int hitLanes,
      int postLanes,
      String bootId,
      RandomGenerator random,
      InstantSource clock) {
    return open(config, hitLanes, postLanes, bootId, random, clock, new MappedDisk());
  }

  static Journal open(
      JournalConfig config,
      int hitLanes,
      int postLanes,
      String bootId,
      RandomGenerator random,
      InstantSource clock,
      SegmentDisk disk) {
    DirectoryLock lock = DirectoryLock.acquire(config.directory());
    try {
      Path directory = lock.directory();
      SegmentStore store = new SegmentStore(disk, config.budgetBytes(), config.retention());
      GroupSync sync = new GroupSync(disk, config.syncInterval());
      JournalParts parts = new JournalParts(disk, store, sync, clock);
      String knownBoot = readFile(directory, BOOT_FILE);
      boolean isOtherBoot = knownBoot != null && !knownBoot.equals(bootId);
      EarlierJournals earlier = new EarlierJournals(parts, isOtherBoot);
      List<OpenJournal> journals = new ArrayList<>(earlier.open(directory));
      if (!isOtherBoot) {
        writeFile(directory, BOOT_FILE, bootId);
      }
      String id = HexFormat.of().toHexDigits(random.nextLong());
      Path own = directory.resolve(id);
      SegmentSupply supply = new SegmentSupply(parts, own, config.segmentBytes(), SPARES);
      List<Lane> lanes = new ArrayList<>();
      for (int i = 0; i < hitLanes + postLanes; i++) {
        lanes.add(new Lane(id, i, config.segmentBytes(), i >= hitLanes, supply, sync));
      }
      List<LaneReader> readers = lanes.stream().map(lane -> LaneReader.live(lane, parts)).toList();
      journals.addFirst(new OpenJournal(id, own, readers, lanes.size(), store, null));
      supply.start(lanes);
      sync.start(lanes);
      return new Journal(
          lock,
          id,
          edgeId(directory, random),
          bootId,
          parts,
          supply,
          lanes,
          journals,
          earlier.problem());
    } catch (IOException e) {
      lock.close();
      throw new StartupException(
          "cannot use the journal's directory " + config.directory() + ": " + e, e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// What the segments below a journal's directory take now.
  public static long usedBytes(Path directory) {
    try {
      return EarlierJournals.usedBytes(directory);
    } catch (IOException e) {
      throw new StartupException("cannot read the journal's directory " + directory + ": " + e, e);
    }
  }

  private static String edgeId(Path directory, RandomGenerator random) {
    String known = readFile(directory, EDGE_FILE);
    if (known != null && known.matches("[0-9a-f]{8}")) {
      return known;
    }
    String drawn = HexFormat.of().toHexDigits(random.nextInt());
    writeFile(directory, EDGE_FILE, drawn);
    return drawn;
  }

  private static @Nullable String readFile(Path directory, String name) {
    try {
      Path file = directory.resolve(name);
      return Files.exists(file) ? Files.readString(file).strip() : null;
    } catch (IOException e) {
      log.error("Cannot read {} in {}: {}", name, directory, e.toString());
      return null;
    }
  }

  /// A full disk must not keep an edge from starting: what it holds has to be sent.
  private static void writeFile(Path directory, String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text + "\n");
    } catch (IOException e) {
      log.error("Cannot write {} in {}: {}", name, directory, e.toString());
    }
  }

  /// The id of the present journal: 16 hexadecimal digits.
  public String id() {
    return id;
  }

  /// What tells this edge from others: drawn once per directory.
  public String edgeId() {
    return edgeId;
  }

  /// The writer's side of a lane, for one thread.
  public LaneWriter writer(int lane) {
    return lanes.get(lane);
  }

  /// The present journal and the earlier ones, for one thread.
  public List<OpenJournal> journals() {
    return journals;
  }

  /// Notes that what was kept from before the machine's present run has been sent again.
  public void hasSentAgain() {
    writeFile(lock.directory(), BOOT_FILE, bootId);
  }

  /// What all segments take on the disk.
  public long usedBytes() {
    return store.usedBytes();
  }

  /// Forced writes that the disk refused.
  public long syncFailures() {
    return sync.failures();
  }

  /// What keeps records from being kept, in one line; null while nothing does.
  public @Nullable String problem() {
    String present = supply.problem();
    return present == null ? unreadable : present;
  }

  /// Ends the writing, once all writers have ended: everything is forced to the disk, and whoever
  /// waits for that is told. What was written can still be read. Further calls do nothing.
  public void endWriting() {
    supply.close();
    lanes.forEach(Lane::close);
    sync.close();
  }

  /// Gives the directory free, once the reader has ended. Further calls do nothing.
  @Override
  public void close() {
    try {
      endWriting();
      if (!isUnmapped) {
        isUnmapped = true;
        lanes.forEach(Lane::unmap);
      }
    } finally {
      lock.close();
    }
  }
}
