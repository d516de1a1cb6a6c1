package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingArm;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.testing.SignedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Releases for the endpoint {@code tips}, and the manifests that name them. */
final class Releases {

  static final String ENDPOINT = "tips";
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  private final SignedRun signed;
  private long sequence;

  Releases(Path folder) throws IOException {
    signed = SignedRun.in(folder, run("1"));
  }

  StateFolder state() {
    return signed.state();
  }

  /** Every line of the endpoint's inference log, in order. */
  List<String> logged() throws IOException {
    Path log = state().store().resolve("inference-log/named").resolve(ENDPOINT);
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(log)) {
      for (Path segment : files.filter(Files::isRegularFile).sorted().toList()) {
        lines.addAll(Files.readAllLines(segment));
      }
    }
    return lines;
  }

  /** A release that reads miles and fare, and a column of its own if one is named. */
  Release release(String version, byte[] model, String... ownColumns) throws IOException {
    return releaseFor(ENDPOINT, version, model, ownColumns);
  }

  /** As above, for another endpoint. */
  Release releaseFor(String endpoint, String version, byte[] model, String... ownColumns)
      throws IOException {
    List<ColumnContract> columns =
        new ArrayList<>(List.of(column("miles", true), column("fare", false)));
    String distance = "miles";
    for (String own : ownColumns) {
      columns.add(column(own, true));
      distance += " + 0 * " + own;
    }
    FeatureProgram program =
        FeatureCompiler.compile(
            new FeatureSetSpecification(
                "1",
                null,
                List.of(
                    new FeatureSpecification("distance", distance),
                    new FeatureSpecification("rate", "fare / miles")),
                new LabelSpecification("tipped", "fare > 0.0")),
            columns);
    return signed.ofRun(run(version)).release(endpoint, program, columns, model);
  }

  /** Files the next manifest, signed by the deployment role; returns its sequence. */
  long file(@Nullable Release stable, @Nullable Release candidate, double percent)
      throws IOException {
    return file(Role.DEPLOYMENT, stable, candidate, percent);
  }

  /** Files the first manifest of another endpoint, with this release as its stable one. */
  void fileFor(String endpoint, Release stable) throws IOException {
    signed.serve(
        Role.DEPLOYMENT,
        new ServingManifest(endpoint, 1, NOW, ServingManifest.arms(stable, null, 0), "test"));
  }

  /** The package of a release, approved for another endpoint. */
  Release approvedFor(String endpoint, Release release) throws IOException {
    return signed
        .ofRun(run(release.modelPackage().version()))
        .approved(release.modelPackage(), endpoint);
  }

  /** As above, with an end of the candidate's share. */
  long file(@Nullable Release stable, Release candidate, double percent, Instant leaseUntil)
      throws IOException {
    return file(Role.DEPLOYMENT, ServingManifest.arms(stable, candidate, percent, leaseUntil));
  }

  long file(Role signer, @Nullable Release stable, @Nullable Release candidate, double percent)
      throws IOException {
    return file(signer, ServingManifest.arms(stable, candidate, percent));
  }

  private long file(Role signer, List<ServingArm> arms) throws IOException {
    sequence++;
    signed.serve(signer, new ServingManifest(ENDPOINT, sequence, NOW, arms, "test"));
    return sequence;
  }

  private static RunContext run(String version) {
    return new RunContext(
        "tips@" + version, "run-1", "default", "tips", version, "ada", "5".repeat(64));
  }

  private static ColumnContract column(String name, boolean required) {
    return new ColumnContract(
        name, ColumnType.NUMBER, required, false, null, null, List.of(), null, null);
  }
}
