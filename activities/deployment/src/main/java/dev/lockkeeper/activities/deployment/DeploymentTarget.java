package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.stage.StageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What serves an endpoint: today the gateway over HTTP. It reads and verifies the signed manifests
 * by itself from the deployments zone; the deployment stage tells it that there is a new one.
 */
public interface DeploymentTarget {

  /**
   * Has the target serve a manifest; returns when it does. Asked twice it does nothing more.
   *
   * @param sequence the manifest's number at this endpoint
   * @throws StageException {@code GATEWAY_REFUSED} with the target's reason, or {@code
   *     GATEWAY_UNAVAILABLE}, which is tried again
   */
  void apply(String endpoint, long sequence);

  /**
   * What it counted under a manifest; empty if it knows none.
   *
   * @param sequence the manifest's number; null for the one in force
   * @throws StageException {@code GATEWAY_UNAVAILABLE}
   */
  Optional<CanaryCounts> counts(String endpoint, @Nullable Long sequence);
}
