package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the compose file promises that a sandbox without an engine cannot show. */
class ComposeFileTest {

  private static final String STORE = "/state/store/";

  private ComposeFile compose;

  @BeforeEach
  void read() throws IOException {
    compose = ComposeFile.read(Path.of("").toAbsolutePath().resolveSibling("docker-compose.yml"));
  }

  /** An engine mounts memory {@code noexec} unless it is told otherwise. */
  @Test
  void nativeLibraries_canBeMappedWhereTheyAreUnpacked() {
    compose
        .services()
        .forEach(
            (name, service) ->
                assertTrue(
                    service.temporary().getOrDefault("/tmp", java.util.Set.of()).contains("exec"),
                    name));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void worker_mountsTheZonesOfItsReachAndNoOther(Role role) {
    assertEquals(zones(ZoneAccess.of(role)), mounted(role.label()));
  }

  @Test
  void gateway_mountsTheZonesOfItsReachAndNoOther() {
    assertEquals(zones(ZoneAccess.GATEWAY), mounted("gateway"));
  }

  /** Zones by name, and whether they may be written. */
  private static Map<String, Boolean> zones(ZoneAccess reach) {
    Map<String, Boolean> zones = new TreeMap<>();
    reach.readable().forEach(zone -> zones.put(zone.label(), false));
    reach.writable().forEach(zone -> zones.put(zone.label(), true));
    return zones;
  }

  private Map<String, Boolean> mounted(String service) {
    Map<String, Boolean> zones = new TreeMap<>();
    for (ComposeFile.Mount mount : compose.services().get(service).mounts()) {
      if (mount.target().startsWith(STORE)) {
        zones.put(mount.target().substring(STORE.length()), mount.writable());
      }
    }
    return zones;
  }
}
