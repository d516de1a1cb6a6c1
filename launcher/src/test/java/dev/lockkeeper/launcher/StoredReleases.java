package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.release.ApprovalStatement;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ClosedReview;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.InstalledStages;
import dev.lockkeeper.stage.StageContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Releases of the endpoint {@code taxi-tips} as a state folder contains them. */
final class StoredReleases {

  private StoredReleases() {}

  /** What asks to give a version that once was stable a share of the traffic. */
  static ShiftTrafficInput shift(StateFolder state, String version, int percent, long seen)
      throws IOException {
    Release release = stable(state, version);
    byte[] envelope = release.approvalEnvelope().getBytes(StandardCharsets.UTF_8);
    ClosedReview review =
        ApprovalStatement.open(
            envelope, release.modelPackage().rootDigest(), context(state).verifier());
    DecisionTerms terms = review.terms();
    RunContext run =
        new RunContext(
            terms.workflowId(),
            terms.runId(),
            "default",
            "taxi-tips",
            version,
            "engineer",
            "0".repeat(64));
    return new ShiftTrafficInput(
        run,
        "taxi-tips",
        release.modelPackage(),
        new Approval(
            review.outcome(), terms, review.quorum(), review.decisions(), evidence(envelope)),
        percent,
        seen,
        Instant.now().plusSeconds(60),
        null,
        null);
  }

  private static StageContext context(StateFolder state) throws IOException {
    return StageContext.open(state, InstalledStages.load().find(Role.DEPLOYMENT).orElseThrow());
  }

  private static Evidence evidence(byte[] envelope) {
    return new Evidence(
        new ArtifactRef(Zone.EVIDENCE, Digests.sha256(envelope), envelope.length, Dsse.MEDIA_TYPE),
        1,
        1);
  }

  private static Release stable(StateFolder state, String version) throws IOException {
    StageContext context = context(state);
    return context
        .store()
        .names(Zone.DEPLOYMENTS, "taxi-tips/")
        .map(
            name ->
                SignedManifest.open(
                    context.store().readNamed(Zone.DEPLOYMENTS, name).orElseThrow(),
                    "taxi-tips",
                    SignedManifest.sequence(name),
                    context.verifier().trust()))
        .map(ServingManifest::stable)
        .filter(release -> release != null && release.modelPackage().version().equals(version))
        .findFirst()
        .orElseThrow();
  }

  /** What a state folder keeps of its releases, with manifests that somebody changed later. */
  static StateFolder copyWithAnotherTime(StateFolder state, Path folder) throws IOException {
    StateFolder copy = new StateFolder(folder);
    for (String part : List.of("trust", "store/models", "store/deployments")) {
      try (Stream<Path> all = Files.walk(state.path().resolve(part))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          Path to = copy.path().resolve(state.path().relativize(file));
          Files.createDirectories(to.getParent());
          if (file.toString().contains("/deployments/named/taxi-tips/")) {
            Files.writeString(to, withAnotherTime(Files.readString(file)));
          } else {
            Files.copy(file, to);
          }
        }
      }
    }
    return copy;
  }

  private static String withAnotherTime(String envelope) throws IOException {
    String payload = Json.mapper().readTree(envelope).path("payload").asText();
    String text = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    String changed = text.replace("\"createdAt\":\"2", "\"createdAt\":\"3");
    assertNotEquals(text, changed);
    return envelope.replace(
        payload, Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8)));
  }
}
