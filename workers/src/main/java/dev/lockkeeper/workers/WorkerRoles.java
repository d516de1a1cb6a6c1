package dev.lockkeeper.workers;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.InstalledStages;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.workflows.PipelinePlugin;
import dev.lockkeeper.workflows.run.LostWorker;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The roles that a worker of this class path can take: the pipeline and each installed stage. */
public final class WorkerRoles {

  private final InstalledStages stages;

  private WorkerRoles(InstalledStages stages) {
    this.stages = stages;
  }

  public static WorkerRoles load() {
    return new WorkerRoles(InstalledStages.load());
  }

  /** The pipeline first, then the stages ordered by name. */
  public Set<Role> all() {
    Set<Role> roles = new LinkedHashSet<>();
    roles.add(Role.PIPELINE);
    stages.all().forEach(stage -> roles.add(stage.role()));
    return roles;
  }

  /** The roles that have a signing key. */
  public List<Role> signing() {
    return stages.signing();
  }

  /**
   * Makes what is missing of a state folder on which all of them work: folders, keys and zones.
   *
   * @throws IOException if it cannot be written
   */
  public StateFolder initialise(StateFolder state) throws IOException {
    return state.initialise(signing()).createZones(stages.zones());
  }

  /**
   * The role of a name as people type it.
   *
   * @throws IllegalArgumentException if there is no such role; the message lists the roles
   */
  public Role parse(String label) {
    return all().stream()
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(() -> unknown(label));
  }

  /** One plugin for a role, with a context of its own and nothing of another role's. */
  WorkerPlugin plugin(Role role, StateFolder state, StageSettings settings) throws IOException {
    if (role.equals(Role.PIPELINE)) {
      return new PipelinePlugin(LostWorker.of(settings.values()));
    }
    StageDefinition stage = stages.find(role).orElseThrow(() -> unknown(role.label()));
    return stage.plugin(StageContext.open(state, stage), settings);
  }

  private IllegalArgumentException unknown(String label) {
    return new IllegalArgumentException(
        "no role '" + label + "': the roles are " + all().stream().map(Role::label).toList());
  }
}
