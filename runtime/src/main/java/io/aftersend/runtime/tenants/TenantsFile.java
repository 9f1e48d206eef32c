package io.aftersend.runtime.tenants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of tenants, signing keys and hashed API keys, which every service reads.
///
/// A change is written beside the file and put in its place in one step, so a reader always sees a
/// whole file; changes take turns by a lock on a second file, `.lock` after its name, among threads
/// and among processes. Safe for any thread.
public final class TenantsFile {
  private static final Logger log = LoggerFactory.getLogger(TenantsFile.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /// File locks are the process's: threads of this one take turns here first, whichever instance
  /// they use.
  private static final ReentrantLock TURN = new ReentrantLock();

  private final Path file;
  private final RandomGenerator random;

  /// The tenants file at `file`, which need not exist yet.
  public TenantsFile(Path file) {
    this(file, new SecureRandom());
  }

  /// The tenants file at `file`, which need not exist yet.
  ///
  /// @param random a cryptographically strong source for the master secret of a new file
  public TenantsFile(Path file, RandomGenerator random) {
    this.file = file.toAbsolutePath().normalize();
    this.random = random;
  }

  /// The file's absolute path.
  public Path path() {
    return file;
  }

  /// Whether there is a file.
  public boolean exists() {
    return Files.exists(file);
  }

  /// What the file says now.
  ///
  /// @throws TenantsFileException when there is none, or it is not as expected
  public Tenants read() {
    Tenants tenants = parse(bytes());
    warnIfOthersCanRead();
    return tenants;
  }

  /// Changes the file, which is made when there is none: with a master secret just drawn and no
  /// tenants. What is written has mode 0600.
  ///
  /// @param change gets what the file says, gives what it shall say; what it throws is passed on,
  ///   and the file stays as it was
  /// @return what the file says now
  /// @throws TenantsFileException when the file is not as expected, or cannot be written
  public Tenants update(UnaryOperator<Tenants> change) {
    TURN.lock();
    try {
      Files.createDirectories(directory());
      // Closing the channel gives the lock back.
      try (FileChannel channel = openLockFile()) {
        channel.lock();
        return updateLocked(change);
      }
    } catch (IOException e) {
      throw new TenantsFileException(file, "expected a writable file, got " + e, e);
    } finally {
      TURN.unlock();
    }
  }

  private Tenants updateLocked(UnaryOperator<Tenants> change) throws IOException {
    boolean isNew = !exists();
    Tenants before =
        isNew ? Tenants.of(Secret.draw(random, Rules.MASTER_LENGTH_BYTES), List.of()) : read();
    Tenants after = change.apply(before);
    if (isNew || !after.equals(before)) {
      replace(TenantsJson.write(after));
    }
    return after;
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new TenantsFileException(
          file, "there is no such file: make it with `aftersend tenant add`", e);
    } catch (IOException e) {
      throw new TenantsFileException(file, "expected a readable file, got " + e, e);
    }
  }

  Tenants parse(byte[] bytes) {
    try {
      return TenantsJson.read(bytes);
    } catch (JsonPlace.Wrong e) {
      throw new TenantsFileException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /// The file itself: a link to it, as orchestrators mount files, stays a link.
  private Path target() throws IOException {
    return exists() ? file.toRealPath() : file;
  }

  private FileChannel openLockFile() throws IOException {
    Path target = target();
    return FileChannel.open(
        target.resolveSibling(target.getFileName() + ".lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        ownerOnly());
  }

  private void replace(byte[] bytes) throws IOException {
    Path target = target();
    Path next = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(next);
    try (FileChannel channel =
        FileChannel.open(
            next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(target);
  }

  /// The new name itself must outlive a power cut: a key that was shown once is in no other place.
  private static void forceDirectory(Path target) throws IOException {
    Path directory = target.getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private Path directory() {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  void warnIfOthersCanRead() {
    Set<PosixFilePermission> permissions;
    try {
      permissions = Files.getPosixFilePermissions(file);
    } catch (IOException e) {
      log.warn("{} holds secrets, and whether others can read it is unknown: {}", file, e);
      return;
    }
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      log.warn(
          "{} holds secrets and others can read it ({}): chmod 600 it",
          file,
          PosixFilePermissions.toString(permissions));
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  }
}
