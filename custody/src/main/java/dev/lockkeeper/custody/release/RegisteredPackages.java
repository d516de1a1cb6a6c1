package dev.lockkeeper.custody.release;

import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.run.RunId;
import dev.lockkeeper.custody.ArtifactStore;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Json;
import java.util.List;
import java.util.Optional;

/**
 * The list of packages in the models zone: one named object {@code models/MODEL/VERSION.json} for
 * each, written once. What it says is untrusted until {@link ReleaseVerifier} has verified the
 * package.
 *
 * @param store reaches the models zone
 */
public record RegisteredPackages(ArtifactStore store) {

  private static final String FOLDER = "models/";
  private static final String SUFFIX = ".json";

  /**
   * Lists a package.
   *
   * @return the package as it is listed: the first of this version
   * @throws CustodyException if another package has this version
   */
  public ModelPackage register(ModelPackage modelPackage) {
    RunId id = new RunId(modelPackage.model(), modelPackage.version());
    if (store.putNamed(Zone.MODELS, name(id), Json.canonicalBytes(modelPackage))) {
      return modelPackage;
    }
    ModelPackage listed = find(id).orElseThrow();
    if (!listed.rootDigest().equals(modelPackage.rootDigest())) {
      throw new CustodyException(
          id
              + " is registered already, with root "
              + listed.rootDigest()
              + ": a version is made once; start a run with another version");
    }
    return listed;
  }

  /** The package of a version. */
  public Optional<ModelPackage> find(RunId id) {
    Optional<ModelPackage> found =
        store.readNamed(Zone.MODELS, name(id)).map(json -> Json.read(json, ModelPackage.class));
    found.ifPresent(p -> requireSame(id, new RunId(p.model(), p.version())));
    return found;
  }

  /** The versions of a model, in the order of their names. */
  public List<RunId> versions(String model) {
    String folder = FOLDER + new RunId(model, "0").model() + "/";
    return store.listNamed(Zone.MODELS, folder).stream()
        .map(name -> name.substring(folder.length(), name.length() - SUFFIX.length()))
        .map(version -> new RunId(model, version))
        .toList();
  }

  private static void requireSame(RunId asked, RunId found) {
    if (!found.equals(asked)) {
      throw new CustodyException("the list of packages holds " + found + " under " + asked);
    }
  }

  private static String name(RunId id) {
    return FOLDER + id.model() + "/" + id.version() + SUFFIX;
  }
}
