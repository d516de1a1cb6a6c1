package dev.lockkeeper.activities.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The child's side: reads the checkpoint that its parent laid beside the job, writes its own where
 * the parent looks. A reader sees a whole checkpoint or the one before.
 */
final class FolderCheckpoints implements Checkpoints {

  static final String FILE = "checkpoint";

  /** How far the fit is, for people. */
  static final String TOLD = "progress";

  private static final Duration TELLING = Duration.ofMillis(500);

  /** A lost attempt costs at most this share of the work, and a long one is not kept too often. */
  private static final long SHARE = 10;

  private final Optional<byte[]> last;
  private final Path output;
  private final long leastNanos;
  private final long started = System.nanoTime();
  private long kept = started;
  private long told = started;

  private FolderCheckpoints(Optional<byte[]> last, Path output, Duration least) {
    this.last = last;
    this.output = output;
    this.leastNanos = least.toNanos();
  }

  /**
   * @param least the least time between two checkpoints
   */
  static FolderCheckpoints open(Path input, Path output, Duration least) throws IOException {
    Path file = input.resolve(FILE);
    Optional<byte[]> last =
        Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    return new FolderCheckpoints(last, output, least);
  }

  @Override
  public Optional<byte[]> last() {
    return last;
  }

  @Override
  public boolean due() {
    long now = System.nanoTime();
    return now - kept >= Math.max(leastNanos, (now - started) / SHARE);
  }

  @Override
  public void tell(String text) throws IOException {
    if (System.nanoTime() - told >= TELLING.toNanos()) {
      Path part = Files.writeString(output.resolve(TOLD + ".part"), text);
      Files.move(part, output.resolve(TOLD), StandardCopyOption.ATOMIC_MOVE);
      told = System.nanoTime();
    }
  }

  @Override
  public void keep(byte[] progress) throws IOException {
    Path part = Files.write(output.resolve(FILE + ".part"), progress);
    Files.move(part, output.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    kept = System.nanoTime();
  }
}
