package dev.lockkeeper.activities.deployment;

import java.net.URI;

/** The gateway's protocol without encryption. */
public final class HttpTarget implements DeploymentTargetProvider {

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public DeploymentTarget open(URI target) {
    return new GatewayHttp(target);
  }
}
