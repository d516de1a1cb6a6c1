package dev.lockkeeper.starter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.release.RegisteredPackages;
import dev.lockkeeper.attestation.release.ReleaseVerifier;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.attestation.release.VerifiedPackage;
import dev.lockkeeper.attestation.release.VerifiedRelease;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Verifies a package offline. */
@Command(
    name = "verify",
    description =
        "Verifies a model package and, if it was released, its approval, from the state folder"
            + " alone; prints each check.",
    footer = {"", "Example:", "  ./lockkeeper verify chicago-taxi-tips@1"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(
      paramLabel = "MODEL[@VERSION]",
      description = "What to verify (default version: what serves, else the newest).")
  private String model;

  /** Where a version was released to. */
  private record Deployed(String endpoint, Release release) {}

  /** What was verified. */
  @JsonPropertyOrder({"model", "version", "packageRoot", "endpoint", "verified", "checks"})
  record Answer(
      String model,
      String version,
      String packageRoot,
      @Nullable String endpoint,
      boolean verified,
      List<String> checks) {}

  @Override
  public Integer call() throws IOException {
    StateFolder state = top.state();
    if (!Files.isDirectory(state.trust())) {
      throw new CommandException(
          ExitCode.NOT_FOUND, state.path() + " is not a state folder; name it with --state");
    }
    ArtifactStore store =
        ArtifactStores.open(state.zones(), ZoneAccess.reading(Zone.MODELS, Zone.DEPLOYMENTS));
    try {
      return verified(store, TrustStore.load(state.trust()));
    } catch (CustodyException | StoreException e) {
      throw new CommandException(
          ExitCode.REFUSED, model + " does NOT verify: " + e.getMessage(), e);
    }
  }

  private int verified(ArtifactStore store, TrustStore trust) {
    Optional<Deployed> deployed = deployed(store, trust);
    RunId id = version(store, deployed);
    ReleaseVerifier verifier = new ReleaseVerifier(store, trust);
    ModelPackage modelPackage =
        new RegisteredPackages(store).find(id).orElseThrow(() -> unknown(id.toString()));
    Optional<VerifiedRelease> released =
        deployed.map(found -> verifier.verify(found.release(), found.endpoint()));
    VerifiedPackage verified =
        released
            .map(VerifiedRelease::verifiedPackage)
            .orElseGet(() -> verifier.verify(modelPackage));
    if (!verified.modelPackage().equals(modelPackage)) {
      throw new CustodyException("what was released is not the package that is registered");
    }
    answer(
        modelPackage,
        released.map(VerifiedRelease::checks).orElse(verified.checks()),
        deployed.map(Deployed::endpoint).orElse(null));
    return ExitCode.OK.code();
  }

  private RunId version(ArtifactStore store, Optional<Deployed> deployed) {
    if (model.contains("@")) {
      return RunOnServer.parse(model);
    }
    if (deployed.isPresent()) {
      ModelPackage serving = deployed.get().release().modelPackage();
      return new RunId(serving.model(), serving.version());
    }
    List<RunId> versions;
    try {
      versions = new RegisteredPackages(store).versions(model);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
    if (versions.isEmpty()) {
      throw unknown(model);
    }
    return versions.get(versions.size() - 1);
  }

  /** The newest manifest that contains the model (in the version asked for, if one is). */
  private Optional<Deployed> deployed(ArtifactStore store, TrustStore trust) {
    return SignedManifest.names(store, "").stream()
        .map(name -> SignedManifest.read(store, name, trust))
        .sorted(Comparator.comparing(ServingManifest::createdAt).reversed())
        .flatMap(VerifyCommand::releases)
        .filter(this::asked)
        .findFirst();
  }

  private static Stream<Deployed> releases(ServingManifest manifest) {
    return manifest.arms().stream().map(arm -> new Deployed(manifest.endpoint(), arm.release()));
  }

  private boolean asked(Deployed deployed) {
    ModelPackage held = deployed.release().modelPackage();
    return model.equals(held.model()) || model.equals(held.model() + "@" + held.version());
  }

  private void answer(ModelPackage held, List<String> checks, @Nullable String endpoint) {
    if (top.json()) {
      top.console()
          .answerJson(
              new Answer(held.model(), held.version(), held.rootDigest(), endpoint, true, checks));
      return;
    }
    checks.forEach(check -> top.console().answer("ok  " + check));
    top.console()
        .answer(
            held.model()
                + "@"
                + held.version()
                + " verifies"
                + (endpoint == null
                    ? " as a package; it was not released to an endpoint"
                    : ", approval for endpoint " + endpoint + " included"));
  }

  private CommandException unknown(String what) {
    return new CommandException(
        ExitCode.NOT_FOUND,
        what + " is not registered in " + top.state().path() + "; name the folder with --state");
  }
}
