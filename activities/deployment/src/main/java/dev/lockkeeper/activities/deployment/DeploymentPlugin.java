package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;
import java.net.URI;
import java.util.List;

/** The deployment stage as a Temporal plugin. */
public final class DeploymentPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#DEPLOYMENT}
   * @param targets all that serve its endpoints, at least one, for example the gateway at {@code
   *     http://127.0.0.1:8080}; the scheme chooses the {@link DeploymentTargetProvider}
   */
  public DeploymentPlugin(StageContext context, List<URI> targets) {
    super(Role.DEPLOYMENT, () -> new ManifestDeployment(context, Gateways.open(targets)));
  }
}
