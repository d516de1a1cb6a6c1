package dev.lockkeeper.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.fixtures.CountFormat;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledStagesTest {

  @TempDir private Path folder;

  private record Stage(Role role, boolean hasKey) implements StageDefinition {
    @Override
    public ZoneAccess access() {
      return ZoneAccess.to(Zone.EVIDENCE);
    }

    @Override
    public WorkerPlugin plugin(StageContext context, StageSettings settings) {
      throw new AssertionError("nobody starts it");
    }
  }

  private static final Stage SIGNING = new Stage(new Role("scoring"), true);
  private static final Stage KEYLESS = new Stage(new Role("notice"), false);

  @Test
  void stages_areOrderedByName() {
    InstalledStages stages = InstalledStages.of(List.of(SIGNING, KEYLESS));

    assertEquals(List.of(KEYLESS, SIGNING), List.copyOf(stages.all()));
    assertEquals(List.of(SIGNING.role()), stages.signing());
    assertEquals(Optional.of(SIGNING), stages.find(new Role("scoring")));
    assertEquals(Optional.empty(), stages.find(Role.TRAINING));
  }

  @Test
  void twoStagesOfOneRole_areRefused() {
    Stage other = new Stage(SIGNING.role(), false);

    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> InstalledStages.of(List.of(SIGNING, other)));

    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "two implementations of StageDefinition are called 'scoring': dev.lockkeeper"),
        refused.getMessage());
  }

  @Test
  void stageWithoutAKey_opensAndSignsNothing() throws IOException {
    StateFolder state = new StateFolder(folder).initialise(List.of());

    StageContext context = StageContext.open(state, KEYLESS);

    CustodyException refused =
        assertThrows(
            CustodyException.class,
            () -> context.runOnce(context.key("m@1"), CountFormat.INSTANCE, () -> 1));
    assertEquals(
        "the notice stage declares no key: it can sign no statement and no finished result",
        refused.getMessage());
  }

  @Test
  void settings_areReadByNameAndNotShown() {
    StageSettings settings =
        new StageSettings(Map.of("TOKEN", "secret")).with(StageSettings.GATEWAY, "http://a:1");

    assertEquals(URI.create("http://a:1"), settings.uri(StageSettings.GATEWAY));
    assertEquals("StageSettings[LOCKKEEPER_GATEWAY, TOKEN]", settings.toString());
  }

  @Test
  void settingThatIsMissingOrNotAUri_isNamed() {
    StageSettings settings = new StageSettings(Map.of("WRONG", "a b"));

    assertEquals(
        "LOCKKEEPER_GATEWAY is not set: expected a URI",
        assertThrows(IllegalArgumentException.class, () -> settings.uri(StageSettings.GATEWAY))
            .getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> settings.uri("WRONG"))
            .getMessage()
            .startsWith("WRONG is not a URI: "));
  }
}
