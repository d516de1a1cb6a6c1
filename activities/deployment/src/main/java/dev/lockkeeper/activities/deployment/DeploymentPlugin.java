package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;
import java.net.URI;

/** The deployment stage as a Temporal plugin. */
public final class DeploymentPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#DEPLOYMENT}
   * @param gateway the gateway's address, for example {@code http://127.0.0.1:8080}
   */
  public DeploymentPlugin(StageContext context, URI gateway) {
    super(Role.DEPLOYMENT, () -> new ManifestDeployment(context, new GatewayHttp(gateway)));
  }
}
