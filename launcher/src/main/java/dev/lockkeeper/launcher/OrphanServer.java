package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.starter.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The dev server that a {@code dev} killed with -9 leaves behind: it still occupies the ports and
 * the database.
 */
final class OrphanServer {

  private static final String COMMAND = "start-dev";

  private OrphanServer() {}

  /**
   * Ends whatever serves a state folder's database. The caller holds the folder's lock, so no
   * {@code dev} that lives has a server on it.
   */
  static void end(StateFolder state, Console console)
      throws InterruptedException, ExecutionException {
    for (ProcessHandle orphan : serving(ProcessHandle.allProcesses(), state.database())) {
      console.note(
          "ending the Temporal server (process "
              + orphan.pid()
              + ") of a 'dev' that was killed; its runs go on");
      end(orphan);
    }
  }

  private static void end(ProcessHandle orphan) throws InterruptedException, ExecutionException {
    orphan.destroy();
    CompletableFuture<ProcessHandle> exit = orphan.onExit();
    try {
      exit.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      orphan.destroyForcibly();
      exit.join();
    }
  }

  /** The child that serves a database; 0 if none is seen. */
  static long childOf(ProcessHandle parent, Path database) {
    return serving(parent.children(), database).stream()
        .findFirst()
        .map(ProcessHandle::pid)
        .orElse(0L);
  }

  /** How a server's command line names its database: the same from every working folder. */
  static String name(Path database) {
    return database.toAbsolutePath().normalize().toString();
  }

  private static List<ProcessHandle> serving(Stream<ProcessHandle> processes, Path database) {
    try (processes) {
      return processes.filter(process -> serves(process, name(database))).toList();
    }
  }

  private static boolean serves(ProcessHandle process, String database) {
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    return arguments.contains(COMMAND) && arguments.contains(database);
  }
}
