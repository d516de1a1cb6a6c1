package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.stage.NamedServices;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Opens targets of one URI scheme. Found by {@link java.util.ServiceLoader}; an implementation is
 * public and has a constructor without parameters.
 */
public interface DeploymentTargetProvider {

  /** The scheme in lower case, for example {@code http}. */
  String scheme();

  /**
   * Opens a target without asking it anything.
   *
   * @param target an address of this scheme
   * @throws IllegalArgumentException if the address has not what the scheme needs
   */
  DeploymentTarget open(URI target);

  /**
   * Opens the target of an address with the provider that is installed for its scheme.
   *
   * @throws IllegalArgumentException if none is; the message lists the schemes
   */
  static DeploymentTarget find(URI target) {
    Map<String, DeploymentTargetProvider> installed =
        NamedServices.load(DeploymentTargetProvider.class, DeploymentTargetProvider::scheme);
    DeploymentTargetProvider provider =
        target.getScheme() == null
            ? null
            : installed.get(target.getScheme().toLowerCase(Locale.ROOT));
    if (provider == null) {
      throw new IllegalArgumentException(
          "deployment target '" + target + "': expected a URI of scheme " + installed.keySet());
    }
    return provider.open(target);
  }
}
