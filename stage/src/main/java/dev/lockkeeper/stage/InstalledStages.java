package dev.lockkeeper.stage;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** The stages on the class path, by their roles' names. */
public final class InstalledStages {

  private final Map<String, StageDefinition> byLabel;

  private InstalledStages(Map<String, StageDefinition> byLabel) {
    this.byLabel = byLabel;
  }

  /**
   * Finds them.
   *
   * @throws IllegalStateException if two have one role; the message names both
   */
  public static InstalledStages load() {
    return of(ServiceLoader.load(StageDefinition.class));
  }

  static InstalledStages of(Iterable<? extends StageDefinition> definitions) {
    return new InstalledStages(
        NamedServices.byName(StageDefinition.class, definitions, stage -> stage.role().label()));
  }

  /** All of them, ordered by name. */
  public Collection<StageDefinition> all() {
    return List.copyOf(byLabel.values());
  }

  /** The stage of a role, if it is installed. */
  public Optional<StageDefinition> find(Role role) {
    return Optional.ofNullable(byLabel.get(role.label()));
  }

  /** The roles that have a signing key. */
  public List<Role> signing() {
    List<Role> signing = new ArrayList<>();
    for (StageDefinition definition : byLabel.values()) {
      if (definition.hasKey()) {
        signing.add(definition.role());
      }
    }
    return signing;
  }

  /** The zones that one of them reaches. */
  public Set<Zone> zones() {
    Set<Zone> zones = new HashSet<>();
    byLabel.values().forEach(stage -> zones.addAll(stage.access().all()));
    return zones;
  }
}
