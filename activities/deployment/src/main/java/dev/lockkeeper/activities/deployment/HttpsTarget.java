package dev.lockkeeper.activities.deployment;

import java.net.URI;

/** The gateway's protocol behind TLS. */
public final class HttpsTarget implements DeploymentTargetProvider {

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public DeploymentTarget open(URI target) {
    return new GatewayHttp(target);
  }
}
