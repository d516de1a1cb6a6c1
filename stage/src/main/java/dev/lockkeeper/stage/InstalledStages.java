package dev.lockkeeper.stage;

import dev.lockkeeper.formats.run.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

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

  static InstalledStages of(Iterable<StageDefinition> definitions) {
    Map<String, StageDefinition> byLabel = new TreeMap<>();
    for (StageDefinition definition : definitions) {
      StageDefinition other = byLabel.put(definition.role().label(), definition);
      if (other != null) {
        throw new IllegalStateException(
            "two stages have role '"
                + definition.role().label()
                + "': "
                + other.getClass().getName()
                + " and "
                + definition.getClass().getName()
                + "; leave one out of the class path");
      }
    }
    return new InstalledStages(byLabel);
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
}
