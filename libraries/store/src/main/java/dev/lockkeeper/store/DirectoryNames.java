package dev.lockkeeper.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of the files below a folder, in order, read as they are asked for. A folder is read
 * when its first name is due, and an entry before the cursor is passed over by its name alone.
 *
 * <p>A waiting entry of the queue is a name of which it is not known yet whether a folder has it,
 * or a folder, which ends in {@code /}. That keeps the order: a folder's names are not before it.
 */
final class DirectoryNames implements Iterator<String> {

  private final Path base;
  private final String prefix;
  private final String after;
  private final Function<IOException, StoreException> failure;
  private final Runnable atEnd;
  private final PriorityQueue<String> waiting = new PriorityQueue<>();
  private @Nullable String next;

  /**
   * @param base the folder that names are relative to
   * @param prefix what names start with
   * @param after names up to this one are left out
   * @param failure how a failing file system is told
   * @param atEnd is asked whether the end is one: it throws if the folder may have gone
   */
  DirectoryNames(
      Path base,
      String prefix,
      String after,
      Function<IOException, StoreException> failure,
      Runnable atEnd) {
    this.base = base;
    this.prefix = prefix;
    this.after = after;
    this.failure = failure;
    this.atEnd = atEnd;
    enter(prefix.substring(0, prefix.lastIndexOf('/') + 1));
  }

  @Override
  public boolean hasNext() {
    while (next == null && !waiting.isEmpty()) {
      String entry = waiting.remove();
      if (entry.endsWith("/")) {
        enter(entry);
      } else if (Files.isDirectory(base.resolve(entry), LinkOption.NOFOLLOW_LINKS)) {
        waiting.add(entry + "/");
      } else if (entry.compareTo(after) > 0 && Files.isRegularFile(base.resolve(entry))) {
        next = entry;
      }
    }
    if (next == null) {
      atEnd.run();
    }
    return next != null;
  }

  @Override
  public String next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    String name = next;
    next = null;
    return name;
  }

  private void enter(String folder) {
    Path path = base.resolve(folder);
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = folder + entry.getFileName();
        if (name.startsWith(prefix) && mayComeAfter(name)) {
          waiting.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw failure.apply(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  /** Whether this name, or one in a folder of this name, is after the cursor. */
  private boolean mayComeAfter(String name) {
    return name.compareTo(after) > 0 || after.startsWith(name);
  }
}
