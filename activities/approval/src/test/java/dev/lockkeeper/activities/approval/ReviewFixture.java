package dev.lockkeeper.activities.approval;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.contracts.approval.CloseReviewInput;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.JudgeDecisionInput;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.formats.Json;
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
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A real state folder, real keys, and one package that passed its gates. */
final class ReviewFixture implements AutoCloseable {
  static final String ROOT = "a".repeat(64);
  static final RunContext RUN =
      new RunContext("tips@2", "run-1", "default", "tips", "2", "carol", "b".repeat(64));

  final StateFolder state;
  final StageContext context;
  final List<String> alerts = new ArrayList<>();
  final ApprovalActivities activities;
  private final Path people;
  private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
  private RunContext run = RUN;
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  ReviewFixture(Path folder) throws IOException {
    state =
        new StateFolder(folder.resolve("state"))
            .initialise(List.of(Role.APPROVAL, Role.VALIDATION, Role.REGISTRY));
    people = Files.createDirectory(folder.resolve("people"));
    context = StageContext.open(state, new ApprovalDefinition());
    environment.registerActivitiesImplementations(
        new SignedReviews(
            context,
            1,
            alert -> alerts.add(alert.subject() + ": " + String.join("; ", alert.messages())),
            clock()));
    activities = environment.newActivityStub(ApprovalActivities.class);
  }

  void enrol(String principal) throws IOException {
    String line = SshSigner.generate(people.resolve(principal), principal);
    Files.writeString(
        state.allowedSigners(),
        principal + " namespaces=\"" + DecisionDocument.SIGNATURE_NAMESPACE + "\" " + line + "\n",
        StandardOpenOption.APPEND);
  }

  /** A key that nobody enrolled. */
  void visit(String principal) throws IOException {
    SshSigner.generate(people.resolve(principal), principal);
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

  OpenReviewInput input(int quorum, boolean passed) throws IOException {
    StageContext validation =
        StageContext.open(state, Role.VALIDATION, ZoneAccess.to(Zone.EVIDENCE));
    StageContext registry = StageContext.open(state, Role.REGISTRY, ZoneAccess.to(Zone.EVIDENCE));
    Evidence gate =
        new Evidence(
            validation.storeStatement(
                validation
                    .signer()
                    .testResult(
                        passed,
                        List.of(new Subject("model.onnx", "c".repeat(64))),
                        List.of(),
                        List.of("auc"),
                        List.of())),
            1,
            1);
    Evidence registered =
        new Evidence(
            registry.storeStatement(
                registry
                    .signer()
                    .sign(
                        "https://lockkeeper.dev/registry/v1",
                        List.of(new Subject("package", ROOT)),
                        Json.mapper().createObjectNode())),
            1,
            1);
    ArtifactRef any = new ArtifactRef(Zone.MODELS, "d".repeat(64), 1, "text/plain");
    ModelPackage modelPackage =
        new ModelPackage(
            "tips",
            "2",
            ROOT,
            List.of(new PackageFile("gate.dsse.json", gate.statement())),
            any,
            registered);
    Evaluation evaluation = new Evaluation(passed, List.of(), List.of(), any, any, any, gate);
    return new OpenReviewInput(
        run,
        "tips",
        new ApprovalSpecification(quorum, Duration.ofHours(4), Duration.ofHours(24)),
        modelPackage,
        evaluation);
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
    String signature =
        SshSigner.load(people.resolve(keyOf))
            .sign(DecisionDocument.SIGNATURE_NAMESPACE, document.getBytes(StandardCharsets.UTF_8));
    return new SignedDecision(document, signature, "");
  }

  DecisionReceipt judge(Review review, SignedDecision decision, AcceptedDecision... accepted) {
    return activities.judgeDecision(
        new JudgeDecisionInput(run, review, decision, List.of(accepted)));
  }

  Approval close(Review review, ApprovalOutcome outcome, List<AcceptedDecision> decisions)
      throws IOException {
    return activities.closeReview(
        new CloseReviewInput(
            run, review, input(review.quorum(), true).modelPackage(), outcome, decisions));
  }

  @Override
  public void close() {
    environment.close();
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
