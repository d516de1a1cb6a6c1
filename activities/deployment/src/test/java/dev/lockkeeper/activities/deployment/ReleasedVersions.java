package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.release.ApprovalStatement;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.ClosedReview;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.testing.Approvers;
import dev.lockkeeper.testing.SignedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Approved versions of the endpoint {@code tips}, and the manifests that its store has. */
final class ReleasedVersions {

  static final String ENDPOINT = "tips";

  private static final List<ColumnContract> COLUMNS =
      List.of(
          new ColumnContract(
              "fare", ColumnType.NUMBER, true, false, null, null, List.of(), null, null));

  private final SignedRun signed;
  private final Map<String, Release> releases = new HashMap<>();

  ReleasedVersions(Path folder) throws IOException {
    signed = SignedRun.in(folder, run("1"));
  }

  ReleasedVersions(Path folder, DeploymentSpecification plan) throws IOException {
    signed = SignedRun.in(folder, run("1")).withPlan(plan);
  }

  SignedRun signed() {
    return signed;
  }

  /** What gives a version a share of the traffic, asked by somebody who saw a manifest. */
  ShiftTrafficInput shift(String version, double percent, long seen) throws IOException {
    return shift(release(version), version, percent, seen);
  }

  /** As {@link #shift(String, double, long)}, of a release of the test's own. */
  ShiftTrafficInput shift(Release release, String version, double percent, long seen)
      throws IOException {
    byte[] envelope = release.approvalEnvelope().getBytes(StandardCharsets.UTF_8);
    StageContext deployment = signed.delivering(Role.DEPLOYMENT);
    ArtifactRef approval = deployment.store().put(Zone.EVIDENCE, envelope, "application/json");
    ClosedReview review =
        ApprovalStatement.open(
            envelope, release.modelPackage().rootDigest(), deployment.verifier());
    return new ShiftTrafficInput(
        run(version),
        ENDPOINT,
        release.modelPackage(),
        new Approval(
            review.outcome(),
            review.terms(),
            review.quorum(),
            review.decisions(),
            new Evidence(approval, 1, 1)),
        percent,
        seen,
        Instant.now().plusSeconds(1_800),
        null,
        null);
  }

  /** As {@link #shift}, with the verdict of a look at what is tried now. */
  ShiftTrafficInput judged(DeploymentActivities stage, String version, double percent, long seen)
      throws IOException {
    return judged(shift(version, percent, seen), look(stage, null).verdict());
  }

  static ShiftTrafficInput judged(ShiftTrafficInput shift, @Nullable String verdict) {
    return new ShiftTrafficInput(
        shift.run(),
        shift.endpoint(),
        shift.candidate(),
        shift.approval(),
        shift.percent(),
        shift.seen(),
        shift.leaseUntil(),
        verdict,
        shift.consent());
  }

  /** As an input, with what the approvers decided about it once more. */
  ShiftTrafficInput consented(ShiftTrafficInput input, String action) throws IOException {
    DecisionTerms first = input.approval().terms();
    DecisionTerms terms =
        new DecisionTerms(
            action,
            first.namespace(),
            first.workflowId(),
            first.runId(),
            first.model(),
            first.version(),
            first.target(),
            first.packageRoot(),
            "9".repeat(64),
            first.policyDigest(),
            "another-nonce",
            first.notBefore(),
            first.expires());
    List<AcceptedDecision> decisions =
        List.of(new Approvers(signed.state()).approve(terms, SignedRun.APPROVER));
    byte[] envelope =
        ApprovalStatement.sign(
            signed.delivering(Role.APPROVAL).signer(),
            ApprovalOutcome.APPROVED,
            terms,
            1,
            decisions);
    ArtifactRef statement =
        signed.delivering(Role.APPROVAL).store().put(Zone.EVIDENCE, envelope, "application/json");
    Approval consent =
        new Approval(ApprovalOutcome.APPROVED, terms, 1, decisions, new Evidence(statement, 1, 1));
    return new ShiftTrafficInput(
        input.run(),
        input.endpoint(),
        input.candidate(),
        input.approval(),
        input.percent(),
        input.seen(),
        input.leaseUntil(),
        input.verdict(),
        consent);
  }

  static CanaryLook look(DeploymentActivities stage, @Nullable String before) {
    return stage.judgeCanary(new JudgeCanaryInput(ENDPOINT, 0.05, null, null, null, before));
  }

  /** Version 1 serves by manifest 2, and version 2 is tried by manifest 3. */
  void serveOneAndTryTwo(DeploymentActivities stage) throws IOException {
    serveOne(stage);
    stage.shiftTraffic(shift("2", 25, 2));
  }

  /** Version 1 serves by manifest 2. */
  void serveOne(DeploymentActivities stage) throws IOException {
    stage.shiftTraffic(shift("1", 100, 0));
    stage.promoteModel(judged(stage, "1", 100, 1));
  }

  private Release release(String version) throws IOException {
    Release known = releases.get(version);
    if (known != null) {
      return known;
    }
    FeatureSetSpecification features =
        new FeatureSetSpecification(
            "1",
            null,
            List.of(new FeatureSpecification("fare", "fare")),
            new LabelSpecification("tipped", "fare > 0.0"));
    Release made =
        signed
            .ofRun(run(version))
            .release(
                ENDPOINT,
                FeatureCompiler.compile(features, COLUMNS),
                COLUMNS,
                OnnxFile.logistic(Float.parseFloat(version)));
    releases.put(version, made);
    return made;
  }

  /** A version that was approved at another time. */
  Release approved(String version, Instant at) throws IOException {
    return signed.ofRun(run(version)).approved(release(version).modelPackage(), ENDPOINT, at);
  }

  /** Every manifest of the endpoint in order, each as {@code STABLE/CANDIDATE PERCENT}. */
  List<String> manifests() throws IOException {
    StageContext deployment = signed.delivering(Role.DEPLOYMENT);
    return SignedManifest.names(deployment.store(), ENDPOINT + "/").stream()
        .map(name -> new Manifests(deployment).read(ENDPOINT, SignedManifest.sequence(name)))
        .map(ReleasedVersions::text)
        .toList();
  }

  ServingManifest newest() throws IOException {
    return new Manifests(signed.delivering(Role.DEPLOYMENT)).newest(ENDPOINT).orElseThrow();
  }

  private static String text(ServingManifest manifest) {
    Release stable = manifest.stable();
    Release candidate = manifest.candidate();
    return (stable == null ? "-" : stable.modelPackage().version())
        + (candidate == null
            ? ""
            : "/"
                + candidate.modelPackage().version()
                + " "
                + TrafficShare.text(manifest.candidatePercent()));
  }

  private static RunContext run(String version) {
    return new RunContext(
        "tips@" + version, "run-1", "default", "tips", version, "ada", "5".repeat(64));
  }
}
