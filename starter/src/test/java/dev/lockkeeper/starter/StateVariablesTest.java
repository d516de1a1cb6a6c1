package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateVariablesTest {

  private static final Path FOLDER = Path.of("/srv/state");
  private static final String STORE = "LOCKKEEPER_STORE";
  private static final String SECRETS = "LOCKKEEPER_SECRETS";

  @Test
  void whatIsNotNamed_isInTheStateFolder() {
    assertEquals(new StateFolder(FOLDER), LockkeeperCommand.state(FOLDER, Map.of()));
    assertEquals(
        new StateFolder(FOLDER), LockkeeperCommand.state(FOLDER, Map.of(STORE, "", SECRETS, "")));
    assertEquals(Path.of("/srv/state/store"), Path.of(new StateFolder(FOLDER).zones()));
    assertEquals(Path.of("/srv/state/keys"), Path.of(new StateFolder(FOLDER).secrets()));
  }

  @Test
  void storeThatIsNamed_isThere() {
    StateFolder state = LockkeeperCommand.state(FOLDER, Map.of(STORE, "file:///mnt/zones"));

    assertEquals(URI.create("file:///mnt/zones"), state.zones());
    assertEquals(new StateFolder(FOLDER).secrets(), state.secrets());
  }

  @Test
  void secretsThatAreNamed_areThere() {
    StateFolder state = LockkeeperCommand.state(FOLDER, Map.of(SECRETS, "file:///run/secrets"));

    assertEquals(URI.create("file:///run/secrets"), state.secrets());
    assertEquals(new StateFolder(FOLDER).zones(), state.zones());
  }

  @Test
  void unknownScheme_isRefusedWithThoseThereAre() {
    assertRefused(STORE, "mars://zones", "there is one for file:");
    assertRefused(SECRETS, "vault://keys", "there is one for file:");
  }

  @Test
  void whatIsNotAUri_isRefused() {
    assertRefused(STORE, "file:///a b", "Illegal character");
    assertRefused(SECRETS, "file:///a b", "Illegal character");
  }

  private static void assertRefused(String variable, String value, String why) {
    CommandException refused =
        assertThrows(
            CommandException.class, () -> LockkeeperCommand.state(FOLDER, Map.of(variable, value)));
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.getMessage().startsWith(variable + ": "), refused.getMessage());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }
}
