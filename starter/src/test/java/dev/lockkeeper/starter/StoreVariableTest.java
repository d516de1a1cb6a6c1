package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreVariableTest {

  private static final Path FOLDER = Path.of("/srv/state");

  @Test
  void storeThatIsNotNamed_isInTheStateFolder() {
    assertEquals(new StateFolder(FOLDER), LockkeeperCommand.state(FOLDER, null));
    assertEquals(new StateFolder(FOLDER), LockkeeperCommand.state(FOLDER, ""));
    assertEquals(Path.of("/srv/state/store"), Path.of(new StateFolder(FOLDER).zones()));
  }

  @Test
  void storeThatIsNamed_isThere() {
    StateFolder state = LockkeeperCommand.state(FOLDER, "file:///mnt/zones");

    assertEquals(URI.create("file:///mnt/zones"), state.zones());
    assertEquals(Path.of("/srv/state/keys"), state.keys());
  }

  @Test
  void storeOfAnUnknownScheme_isRefusedWithThoseThereAre() {
    assertRefused("mars://zones", "there is one for file:");
  }

  @Test
  void storeThatIsNotAUri_isRefused() {
    assertRefused("file:///a b", "Illegal character");
  }

  private static void assertRefused(@Nullable String store, String why) {
    CommandException refused =
        assertThrows(CommandException.class, () -> LockkeeperCommand.state(FOLDER, store));
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.getMessage().startsWith("LOCKKEEPER_STORE: "), refused.getMessage());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }
}
