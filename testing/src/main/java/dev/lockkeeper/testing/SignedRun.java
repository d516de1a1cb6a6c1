package dev.lockkeeper.testing;

import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  private final StateFolder state;
  private final RunContext run;

  private SignedRun(StateFolder state, RunContext run) {
    this.state = state;
    this.run = run;
  }

  /**
   * Makes the state folder, with a key for each role of Lockkeeper.
   *
   * @param folder an empty folder; the state is in {@code state} of it
   * @param others roles of stages of your own, which get keys too
   */
  public static SignedRun in(Path folder, RunContext run, Role... others) throws IOException {
    List<Role> signing = new ArrayList<>(SIGNING);
    signing.addAll(List.of(others));
    return new SignedRun(new StateFolder(folder.resolve("state")).initialise(signing), run);
  }

  /** Another run in the same state folder, with the same keys. */
  public SignedRun ofRun(RunContext other) {
    return new SignedRun(state, other);
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
                passed,
                subjects(List.of(model.model(), report, baseline)),
                materials(List.of(features.holdout(), features.program())),
                List.of("auc minimum"),
                List.of());
    Evidence evidence = new Evidence(context.storeStatement(envelope), 1, 1);
    return new Evaluation(passed, List.of(), List.of(), report, page, baseline, evidence);
  }

  private static List<Subject> subjects(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Subject(a.zone().label(), a.sha256())).toList();
  }

  private static List<Material> materials(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Material(a.uri(), a.sha256())).toList();
  }
}
