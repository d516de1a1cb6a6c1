package dev.lockkeeper.launcher;

import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.DevFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The dev server that a {@code dev} killed with -9 leaves behind: it still holds the ports and the
 * database.
 */
final class OrphanServer {

  private OrphanServer() {}

  /** Ends the orphan of a state folder, if its command line says that it is ours. */
  static void end(StateFolder state, Console console)
      throws InterruptedException, java.util.concurrent.ExecutionException {
    Optional<DevFile> file = DevFile.read(state);
    if (file.isEmpty() || file.get().serverPid() == 0) {
      return;
    }
    Optional<ProcessHandle> orphan =
        ProcessHandle.of(file.get().serverPid()).filter(p -> holds(p, state.database()));
    if (orphan.isEmpty()) {
      return;
    }
    console.note(
        "ending the Temporal server (process "
            + orphan.get().pid()
            + ") of a 'dev' that was killed; its runs go on");
    orphan.get().destroy();
    CompletableFuture<ProcessHandle> exit = orphan.get().onExit();
    try {
      exit.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      orphan.get().destroyForcibly();
      exit.join();
    }
  }

  /** The child that serves a database; 0 if none is seen. */
  static long childOf(ProcessHandle parent, Path database) {
    try (Stream<ProcessHandle> children = parent.children()) {
      return children
          .filter(child -> holds(child, database))
          .findFirst()
          .map(ProcessHandle::pid)
          .orElse(0L);
    }
  }

  private static boolean holds(ProcessHandle process, Path database) {
    return Stream.of(process.info().arguments().orElse(new String[0]))
        .anyMatch(argument -> argument.contains(database.toString()));
  }
}
