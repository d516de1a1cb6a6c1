package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.stage.InstalledStages;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import dev.lockkeeper.workers.WorkerRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the compose file promises that a sandbox without an engine cannot show. */
class ComposeFileTest {

  private static final String STORE = "/state/store/";

  @TempDir private Path folder;
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
                    service.temporary().getOrDefault("/tmp", Set.of()).contains("exec"), name));
  }

  @Test
  void everyRole_hasAWorkerAndNoOtherHasOne() {
    Map<String, String> workers = new TreeMap<>();
    compose
        .services()
        .forEach(
            (name, service) -> {
              if (service.command().get(0).equals("worker")) {
                workers.put(name, String.join(" ", service.command()));
              }
            });
    Map<String, String> roles = new TreeMap<>();
    for (Role role : WorkerRoles.load().all()) {
      roles.put(role.label(), "worker --role " + role.label());
    }
    assertEquals(roles, workers);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void worker_mountsTheZonesThatItsStageDeclaresAndNoOther(StageDefinition stage) {
    assertEquals(zones(stage.access()), mounted(stage.role().label()));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void worker_hasTheKeyOfItsRoleAndNoOther(StageDefinition stage) {
    String label = stage.role().label();
    Map<String, String> keys = new TreeMap<>();
    for (ComposeFile.Mount mount : compose.services().get(label).mounts()) {
      if (mount.target().startsWith("/state/keys/")) {
        keys.put(mount.target(), mount.source());
      }
    }
    assertEquals(
        stage.hasKey()
            ? Map.of("/state/keys/" + label + ".pem", "./deploy/keys/" + label + ".pem")
            : Map.of(),
        keys);
  }

  /** {@code deploy/make-keys} takes the roles from the secrets. */
  @Test
  void makeKeys_makesTheKeyOfEveryRoleThatSigns() throws Exception {
    Path deploy = Files.createDirectories(folder.resolve("deploy"));
    Path root = Path.of("").toAbsolutePath().getParent();
    Files.copy(root.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
    Files.copy(root.resolve("deploy/make-keys"), deploy.resolve("make-keys"));

    Process process = new ProcessBuilder("bash", deploy + "/make-keys").inheritIO().start();

    assertEquals(0, process.waitFor());
    Set<String> made = new TreeSet<>();
    for (Role role : WorkerRoles.load().signing()) {
      made.add(role.label() + ".pem");
      assertTrue(Files.exists(deploy.resolve("trust/" + role.label() + ".pub")), role.label());
    }
    try (Stream<Path> keys = Files.list(deploy.resolve("keys"))) {
      assertEquals(
          made,
          keys.map(key -> key.getFileName().toString())
              .filter(name -> name.endsWith(".pem"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void makeZones_makesEachOnceAndNeverAgain() throws Exception {
    Path zones = Files.createDirectories(folder.resolve("zones"));
    Path made = Files.createDirectories(folder.resolve("made"));
    Path models = Files.createDirectories(zones.resolve("models"));
    Path raw = Files.createDirectories(zones.resolve("raw"));

    assertEquals(0, makeZones(zones, made));
    ArtifactStores.open(zones.toUri(), ZoneAccess.to(Zone.MODELS, Zone.RAW)).requireAccess();
    assertEquals(0, makeZones(zones, made));

    Files.delete(models.resolve("zone"));
    assertEquals(1, makeZones(zones, made));
    assertFalse(Files.exists(models.resolve("zone")));
    assertTrue(Files.exists(raw.resolve("zone")));
  }

  private static int makeZones(Path zones, Path made) throws Exception {
    String script =
        Path.of("").toAbsolutePath().getParent().resolve("deploy/make-zones").toString();
    return new ProcessBuilder("sh", script, zones.toString(), made.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  @Test
  void gateway_mountsTheZonesOfItsAccessAndNoOther() {
    assertEquals(zones(Gateway.ACCESS), mounted("gateway"));
  }

  private static Collection<StageDefinition> stages() {
    return InstalledStages.load().all();
  }

  /** Zones by name, and whether they may be written. */
  private static Map<String, Boolean> zones(ZoneAccess access) {
    Map<String, Boolean> zones = new TreeMap<>();
    access.readable().forEach(zone -> zones.put(zone.label(), false));
    access.writable().forEach(zone -> zones.put(zone.label(), true));
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
