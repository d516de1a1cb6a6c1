package dev.lockkeeper.testing;

import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.release.ApprovalStatement;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentPlanFormat;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.registry.CodeVersion;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelRecord;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run in a state folder of its own: each delivery is signed with the real key of the role that
 * makes it, so that the stage under test verifies it as in production. What a delivery contains is
 * the test's choice.
 */
public final class SignedRun {

  private static final List<Role> SIGNING =
      List.of(
          Role.INGESTION,
          Role.FEATURES,
          Role.TRAINING,
          Role.VALIDATION,
          Role.APPROVAL,
          Role.REGISTRY,
          Role.DEPLOYMENT,
          Role.MONITORING);

  private static final ZoneAccess ALL =
      ZoneAccess.to(
          Zone.RAW,
          Zone.PROCESSED,
          Zone.FEATURES,
          Zone.CANDIDATES,
          Zone.MODELS,
          Zone.DEPLOYMENTS,
          Zone.INFERENCE_LOG,
          Zone.EVIDENCE,
          Zone.REPORTS);

  /** The canary's plan in a package, if the test names none: a quarter of the traffic, at once. */
  private static final DeploymentSpecification PLAN =
      new DeploymentSpecification(
          List.of(new CanaryStep(25, 0, Duration.ZERO)),
          Duration.ofSeconds(1),
          0.05,
          Duration.ofHours(1));

  /** Who approves: a person with a key, whom the allowed signers name. */
  public static final String APPROVER = "bo";

  private final StateFolder state;
  private final RunContext run;
  private final DeploymentSpecification plan;

  private SignedRun(StateFolder state, RunContext run, DeploymentSpecification plan) {
    this.state = state;
    this.run = run;
    this.plan = plan;
  }

  /**
   * Makes the state folder, with a key for each role of Lockkeeper.
   *
   * @param folder an empty folder; the state is in {@code state} of it
   * @param others roles of stages of your own, which get keys too
   */
  public static SignedRun in(Path folder, RunContext run, Role... others) throws IOException {
    return in(new StateFolder(folder.resolve("state")), run, others);
  }

  /**
   * Makes a state folder whose zones may be in another store.
   *
   * @param others roles of stages of your own, which get keys too
   */
  public static SignedRun in(StateFolder state, RunContext run, Role... others) throws IOException {
    List<Role> signing = new ArrayList<>(SIGNING);
    signing.addAll(List.of(others));
    return new SignedRun(state.initialise(signing), run, PLAN);
  }

  /** Another run in the same state folder, with the same keys. */
  public SignedRun ofRun(RunContext other) {
    return new SignedRun(state, other, plan);
  }

  /** The same run with another plan of its canary in its package. */
  public SignedRun withPlan(DeploymentSpecification other) {
    return new SignedRun(state, run, other);
  }

  /** The folder with keys, trust and store. */
  public StateFolder state() {
    return state;
  }

  /** The run. */
  public RunContext run() {
    return run;
  }

  /** The context of a role that delivers: its own key, and access to each zone of Lockkeeper. */
  public StageContext delivering(Role role) throws IOException {
    return StageContext.open(state, role, ALL);
  }

  /** Stores a text as an object of a zone. */
  public ArtifactRef put(Zone zone, String text) throws IOException {
    return put(zone, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores an object of a zone. */
  public ArtifactRef put(Zone zone, byte[] content) throws IOException {
    return delivering(Role.INGESTION).store().put(zone, content, "application/octet-stream");
  }

  /**
   * Signs a provenance statement.
   *
   * @param by whose key signs
   * @param made what the statement is about
   * @param from what it was made from
   */
  public Evidence provenance(Role by, List<ArtifactRef> made, List<ArtifactRef> from)
      throws IOException {
    StageContext context = delivering(by);
    byte[] envelope =
        context
            .signer()
            .provenance(run, subjects(made), materials(from), Json.mapper().createObjectNode());
    return new Evidence(context.storeStatement(envelope), 1, 1);
  }

  /**
   * The ingestion stage's delivery.
   *
   * @param processed the accepted rows, in the processed zone
   */
  public Dataset.Accepted dataset(ArtifactRef processed, long rows) throws IOException {
    ArtifactRef raw = put(Zone.RAW, "raw");
    ArtifactRef report = put(Zone.REPORTS, "report");
    Evidence evidence = provenance(Role.INGESTION, List.of(processed), List.of(raw));
    return new Dataset.Accepted(raw, processed, rows, report, evidence);
  }

  /**
   * The features stage's delivery.
   *
   * @param training the training table, in the features zone
   * @param holdout the hold-out, in the features zone
   * @param from what both were made from
   */
  public FeatureTable features(
      FeatureProgram program,
      ArtifactRef training,
      long trainingRows,
      ArtifactRef holdout,
      long holdoutRows,
      List<ArtifactRef> from)
      throws IOException {
    ArtifactRef json = put(Zone.FEATURES, program.json());
    return new FeatureTable(
        json,
        program.featureNames(),
        program.labelName(),
        training,
        holdout,
        trainingRows,
        holdoutRows,
        0,
        provenance(Role.FEATURES, List.of(training, holdout, json), from));
  }

  /** The training stage's delivery. */
  public TrainedModel model(FeatureTable features, byte[] onnx) throws IOException {
    ArtifactRef model = put(Zone.CANDIDATES, onnx);
    ArtifactRef report = put(Zone.CANDIDATES, "{\"environment\":{\"threads\":\"1\"}}");
    Evidence evidence =
        provenance(
            Role.TRAINING,
            List.of(model, report),
            List.of(features.training(), features.program()));
    return new TrainedModel(model, report, "by-hand", "process", evidence);
  }

  /** The validation stage's delivery, with a gate statement that says whether the model passed. */
  public Evaluation evaluation(FeatureTable features, TrainedModel model, boolean passed)
      throws IOException {
    ArtifactRef report = put(Zone.EVIDENCE, "{\"evaluation\":1}");
    ArtifactRef page = put(Zone.REPORTS, "page");
    ArtifactRef baseline = put(Zone.EVIDENCE, "{\"baseline\":1}");
    StageContext context = delivering(Role.VALIDATION);
    byte[] envelope =
        context
            .signer()
            .testResult(
                run,
                passed,
                subjects(List.of(model.model(), report, baseline)),
                materials(List.of(features.holdout(), features.program())),
                List.of("auc minimum"),
                List.of());
    Evidence evidence = new Evidence(context.storeStatement(envelope), 1, 1);
    return new Evaluation(passed, List.of(), List.of(), report, page, baseline, evidence);
  }

  /**
   * The registry's delivery: all that the stages before delivered, as one signed package.
   *
   * @param columns the columns that a request may have
   */
  public ModelPackage modelPackage(
      List<ColumnContract> columns,
      Dataset.Accepted dataset,
      FeatureTable features,
      TrainedModel model,
      Evaluation evaluation)
      throws IOException {
    ArtifactStore store = delivering(Role.REGISTRY).store();
    FeatureProgram program = FeatureProgram.load(store.read(features.program()));
    Map<String, byte[]> files = new TreeMap<>();
    files.put(PackageFile.MODEL, store.read(model.model()));
    files.put(PackageFile.FEATURE_PROGRAM, program.json());
    files.put(PackageFile.BASELINE, store.read(evaluation.baseline()));
    files.put(PackageFile.EVALUATION, store.read(evaluation.report()));
    files.put(PackageFile.DEPLOYMENT_PLAN, DeploymentPlanFormat.INSTANCE.write(plan));
    files.put(PackageFile.RECORD, ModelRecordFormat.INSTANCE.write(record()));
    files.put(
        PackageFile.SERVING_CONTRACT,
        ServingContractFormat.INSTANCE.write(
            new ServingContract(
                run.model(),
                run.version(),
                columns,
                program.digest(),
                program.version(),
                program.featureNames(),
                model.model().sha256(),
                0.5,
                program.labelName())));
    files.put(PackageFile.DATASET_STATEMENT, store.read(dataset.evidence().statement()));
    files.put(PackageFile.FEATURES_STATEMENT, store.read(features.evidence().statement()));
    files.put(PackageFile.TRAINING_STATEMENT, store.read(model.evidence().statement()));
    files.put(PackageFile.GATE_STATEMENT, store.read(evaluation.evidence().statement()));
    return modelPackage(files);
  }

  private ModelRecord record() {
    return new ModelRecord(
        run,
        "",
        new CodeVersion("0.1.0", null, "17", "Linux"),
        "the run's own rows",
        Map.of(),
        Map.of(),
        "by-hand",
        1,
        Map.of(),
        Json.mapper().createObjectNode(),
        new ModelRecord.Onnx(8, Map.of("ai.onnx", 17L), Map.of()),
        List.of(),
        List.of());
  }

  /** A package of any files, signed by the registry. */
  public ModelPackage modelPackage(Map<String, byte[]> files) throws IOException {
    return RegistryDelivery.sign(delivering(Role.REGISTRY), run, files);
  }

  /**
   * The approval stage's delivery: {@link #APPROVER} has approved the package for an endpoint just
   * now, and the approval is valid for an hour.
   */
  public Release approved(ModelPackage modelPackage, String endpoint) throws IOException {
    return approved(modelPackage, endpoint, Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  /** As {@link #approved(ModelPackage, String)}, at another time. */
  public Release approved(ModelPackage modelPackage, String endpoint, Instant at)
      throws IOException {
    DecisionTerms terms =
        new DecisionTerms(
            "promote",
            run.namespace(),
            run.runId(),
            run.workflowRunId(),
            run.model(),
            run.version(),
            endpoint,
            modelPackage.rootDigest(),
            gate(modelPackage),
            "policy",
            "nonce",
            at,
            at.plus(Duration.ofHours(1)));
    byte[] envelope =
        ApprovalStatement.sign(
            delivering(Role.APPROVAL).signer(),
            ApprovalOutcome.APPROVED,
            terms,
            1,
            List.of(new Approvers(state).approve(terms, APPROVER)));
    return new Release(modelPackage, new String(envelope, StandardCharsets.UTF_8));
  }

  /**
   * Every delivery from the rows to an approved package.
   *
   * @param columns the columns that a request may have
   */
  public Release release(
      String endpoint, FeatureProgram program, List<ColumnContract> columns, byte[] onnx)
      throws IOException {
    Dataset.Accepted dataset = dataset(put(Zone.PROCESSED, "rows"), 4);
    FeatureTable features =
        features(
            program,
            put(Zone.FEATURES, "training"),
            3,
            put(Zone.FEATURES, "holdout"),
            1,
            List.of(dataset.processed()));
    TrainedModel model = model(features, onnx);
    Evaluation evaluation = evaluation(features, model, true);
    return approved(modelPackage(columns, dataset, features, model, evaluation), endpoint);
  }

  /**
   * The deployment stage's delivery: what an endpoint serves from here on.
   *
   * @param by whose key signs; the gateway accepts that of deployment only
   */
  public void serve(Role by, ServingManifest manifest) throws IOException {
    delivering(Role.DEPLOYMENT)
        .store()
        .putNamed(
            Zone.DEPLOYMENTS,
            SignedManifest.name(manifest.endpoint(), manifest.sequence()),
            SignedManifest.sign(manifest, delivering(by).signer().signer()));
  }

  private static String gate(ModelPackage modelPackage) {
    return modelPackage.files().stream()
        .filter(file -> file.name().equals(PackageFile.GATE_STATEMENT))
        .map(file -> file.artifact().sha256())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("a package without " + PackageFile.GATE_STATEMENT));
  }

  private static List<Subject> subjects(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Subject(a.zone().label(), a.sha256())).toList();
  }

  private static List<Material> materials(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Material(a.uri(), a.sha256())).toList();
  }
}
