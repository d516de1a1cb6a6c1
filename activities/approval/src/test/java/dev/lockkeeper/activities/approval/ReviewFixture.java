package dev.lockkeeper.activities.approval;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.release.SignedVerdict;
import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.contracts.approval.CloseReviewInput;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.JudgeDecisionInput;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.CanaryVerdict;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.testing.Approvers;
import dev.lockkeeper.testing.SignedRun;
import dev.lockkeeper.testing.StageUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real state folder, real keys, and one package that passed its gates. */
final class ReviewFixture implements AutoCloseable {
  static final RunContext RUN =
      new RunContext("tips@2", "run-1", "default", "tips", "2", "carol", "b".repeat(64));

  private static final ArtifactRef ANY =
      new ArtifactRef(Zone.MODELS, "d".repeat(64), 1, "text/plain");

  final List<String> alerts = new ArrayList<>();
  final StageUnderTest stage;
  final ApprovalActivities activities;
  private final SignedRun signed;
  private final Approvers people;
  private final Evaluation passed;
  private final ModelPackage modelPackage;
  private RunContext run = RUN;
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  ReviewFixture(Path folder) throws IOException {
    signed = SignedRun.in(folder, RUN);
    people = new Approvers(signed.state());
    stage =
        new StageUnderTest(
            signed,
            new ApprovalDefinition(),
            context ->
                new SignedReviews(
                    context,
                    1,
                    alert ->
                        alerts.add(alert.subject() + ": " + String.join("; ", alert.messages())),
                    clock()));
    activities = stage.call(ApprovalActivities.class);
    passed = evaluation(true);
    modelPackage = packed(passed);
  }

  StateFolder state() {
    return signed.state();
  }

  /** The root of the package that is decided on. */
  String root() {
    return modelPackage.rootDigest();
  }

  void enrol(String principal) throws IOException {
    people.enrol(principal);
  }

  /** A key that nobody enrolled. */
  void visit(String principal) throws IOException {
    people.generate(principal);
  }

  /** A run that was reset is another execution for Temporal. */
  void reset() {
    run = new RunContext("tips@2", "run-2", "default", "tips", "2", "carol", "b".repeat(64));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Review open(int quorum) throws IOException {
    return activities.openReview(input(quorum, true));
  }

  OpenReviewInput input(int quorum, boolean gatesPassed) throws IOException {
    Evaluation evaluation = gatesPassed ? passed : evaluation(false);
    return new OpenReviewInput(
        run,
        "tips",
        new ApprovalSpecification(quorum, Duration.ofHours(4), Duration.ofHours(24)),
        gatesPassed ? modelPackage : packed(evaluation),
        evaluation);
  }

  /** A review that a canary asks for. */
  OpenReviewInput asked(Role by, boolean harm) throws IOException {
    OpenReviewInput before = input(1, true);
    CanaryCounts counts =
        new CanaryCounts("tips", "g-1", 3, 25, new ArmCounts(30, 0, 0), new ArmCounts(10, 0, 0));
    CanaryVerdict verdict =
        new CanaryVerdict(
            "tips",
            3,
            modelPackage.rootDigest(),
            "a".repeat(64),
            new CanaryEvidence(counts, 10, 0, 30, 0, List.of(), null),
            1,
            harm,
            true,
            false,
            now);
    String envelope = SignedVerdict.sign(verdict, signed.delivering(by).signer().signer());
    return new OpenReviewInput(
        run,
        "tips",
        before.approval(),
        modelPackage,
        before.evaluation(),
        new CanaryQuestion(envelope, "not shown"),
        null);
  }

  private Evaluation evaluation(boolean gatesPassed) throws IOException {
    StageContext validation = signed.delivering(Role.VALIDATION);
    byte[] statement =
        validation
            .signer()
            .testResult(
                RUN,
                gatesPassed,
                List.of(new Subject("model.onnx", "c".repeat(64))),
                List.of(),
                List.of("auc"),
                List.of());
    Evidence gate = new Evidence(validation.storeStatement(statement), 1, 1);
    return new Evaluation(gatesPassed, List.of(), List.of(), ANY, ANY, ANY, gate);
  }

  private ModelPackage packed(Evaluation evaluation) throws IOException {
    byte[] gate = signed.delivering(Role.REGISTRY).store().read(evaluation.evidence().statement());
    return signed.modelPackage(Map.of(PackageFile.GATE_STATEMENT, gate));
  }

  SignedDecision sign(String keyOf, DecisionTerms terms, String approver, DecisionKind kind)
      throws IOException {
    return sign(
        keyOf,
        new String(
            DecisionDocumentFormat.INSTANCE.write(
                new DecisionDocument(terms, kind, approver, "looked at the report")),
            StandardCharsets.UTF_8));
  }

  SignedDecision sign(String keyOf, String document) throws IOException {
    return people.sign(keyOf, document);
  }

  DecisionReceipt judge(Review review, SignedDecision decision, AcceptedDecision... accepted) {
    return activities.judgeDecision(
        new JudgeDecisionInput(run, review, decision, List.of(accepted)));
  }

  Approval close(Review review, ApprovalOutcome outcome, List<AcceptedDecision> decisions) {
    return activities.closeReview(
        new CloseReviewInput(run, review, modelPackage, outcome, decisions));
  }

  @Override
  public void close() {
    stage.close();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
