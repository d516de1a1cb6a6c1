package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelPackageFormat;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.store.ArtifactStore;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
  private static final Pattern PARTS = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

  /**
   * Lists a package.
   *
   * @return the package as it is listed: the first of this version
   * @throws CustodyException if another package has this version
   */
  public ModelPackage register(ModelPackage modelPackage) {
    RunId id = new RunId(modelPackage.model(), modelPackage.version());
    if (store.putNamed(Zone.MODELS, name(id), ModelPackageFormat.INSTANCE.write(modelPackage))) {
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
    return store.readNamed(Zone.MODELS, name(id)).map(json -> listed(id, json));
  }

  private static ModelPackage listed(RunId id, byte[] json) {
    try {
      ModelPackage found = ModelPackageFormat.INSTANCE.read(json);
      requireSame(id, new RunId(found.model(), found.version()));
      return found;
    } catch (IllegalArgumentException e) {
      throw new CustodyException(
          "the list of packages contains no package under " + id + ": " + e.getMessage(), e);
    }
  }

  /** The versions of a model, in the order of their names, with numbers in them by value. */
  public List<RunId> versions(String model) {
    String folder = FOLDER + new RunId(model, "0").model() + "/";
    return store
        .names(Zone.MODELS, folder)
        .map(name -> name.substring(folder.length(), name.length() - SUFFIX.length()))
        .sorted(RegisteredPackages::compare)
        .map(version -> new RunId(model, version))
        .toList();
  }

  private static int compare(String one, String other) {
    String[] left = PARTS.split(one);
    String[] right = PARTS.split(other);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      boolean numbers = isNumber(left[i]) && isNumber(right[i]);
      int order =
          numbers
              ? new BigInteger(left[i]).compareTo(new BigInteger(right[i]))
              : left[i].compareTo(right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static boolean isNumber(String part) {
    return Character.isDigit(part.charAt(0));
  }

  private static void requireSame(RunId asked, RunId found) {
    if (!found.equals(asked)) {
      throw new CustodyException("the list of packages contains " + found + " under " + asked);
    }
  }

  private static String name(RunId id) {
    return FOLDER + id.model() + "/" + id.version() + SUFFIX;
  }
}
