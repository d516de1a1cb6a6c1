package dev.lockkeeper.deployment;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;
import java.net.URI;

/** The deployment stage as a Temporal plugin. */
public final class DeploymentPlugin extends StagePlugin {

  /**
   * @param desk the desk of {@link Role#DEPLOYMENT}
   * @param gateway the gateway's address, for example {@code http://127.0.0.1:8080}
   */
  public DeploymentPlugin(Desk desk, URI gateway) {
    super(Role.DEPLOYMENT, () -> new ManifestDeployment(desk, new GatewayHttp(gateway)));
  }
}
