package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What a running {@code dev} tells other terminals, in {@code dev.json} of the state folder.
 *
 * @param address host and port of the Temporal server
 * @param namespace the namespace
 * @param server {@code dev}, {@code memory} or an address
 * @param ui the Web UI; empty if there is none
 * @param gateway the inference gateway
 * @param pid process id of {@code dev}
 * @param serverPid process id of the Temporal server; 0 if it is not a child of {@code dev}
 */
public record DevFile(
    String address,
    String namespace,
    String server,
    String ui,
    String gateway,
    long pid,
    long serverPid) {

  /** The file of a state folder, if there is a readable one. */
  public static Optional<DevFile> read(StateFolder state) {
    Path file = state.devFile();
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), DevFile.class));
    } catch (FileSystemException e) {
      String why = e.getReason() == null ? "no permission" : e.getReason();
      throw new CommandException(
          ExitCode.USAGE,
          file + " cannot be read (" + why + "); name another state folder with --state",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE,
          file + " cannot be read: " + e.getMessage() + "; delete it and start './lockkeeper dev'",
          e);
    }
  }

  /** Replaces the file in one step. */
  public void write(StateFolder state) throws IOException {
    Path temporary = state.path().resolve("dev.json.new");
    Files.write(temporary, Json.canonicalBytes(this));
    Files.move(
        temporary,
        state.devFile(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  public boolean running() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
