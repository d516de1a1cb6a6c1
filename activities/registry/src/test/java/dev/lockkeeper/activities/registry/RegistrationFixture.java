package dev.lockkeeper.activities.registry;

import ai.onnx.proto.OnnxMl;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.pipeline.SpecificationDigest;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The deliveries of the stages before the registry, made with their real keys. */
final class RegistrationFixture {

  private static final List<ColumnContract> COLUMNS =
      List.of(column("miles"), column("fare"), column("tip"));
  private static final FeatureSetSpecification FEATURES =
      new FeatureSetSpecification(
          "1",
          null,
          List.of(
              new FeatureSpecification("distance", "miles"),
              new FeatureSpecification("rate", "fare / miles")),
          new LabelSpecification("tipped", "tip > 0.0"));

  static final RunContext RUN =
      new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", SpecificationDigest.of(specification()));

  private final StateFolder state;

  RegistrationFixture(Path folder) throws IOException {
    this.state = new StateFolder(folder.resolve("state")).initialise(
                List.of(
                    Role.INGESTION,
                    Role.FEATURES,
                    Role.TRAINING,
                    Role.VALIDATION,
                    Role.APPROVAL,
                    Role.REGISTRY,
                    Role.DEPLOYMENT));
  }

  StateFolder state() {
    return state;
  }

  StageContext context(Role role) throws IOException {
    return role.equals(Role.REGISTRY)
        ? StageContext.open(state, new RegistryDefinition())
        : StageContext.open(
            state,
            role,
            ZoneAccess.to(
                Zone.RAW,
                Zone.PROCESSED,
                Zone.FEATURES,
                Zone.CANDIDATES,
                Zone.EVIDENCE,
                Zone.REPORTS));
  }

  RegisterModelInput input() throws IOException {
    return input(logistic(2), true);
  }

  RegisterModelInput input(byte[] model, boolean passed) throws IOException {
    Dataset dataset = dataset(RUN);
    FeatureTable features = features(dataset);
    TrainedModel trained = training(features, model);
    return new RegisterModelInput(
        RUN, specification(), dataset, features, trained, gate(features, trained, passed));
  }

  Dataset dataset(RunContext run) throws IOException {
    StageContext context = context(Role.INGESTION);
    ArtifactRef raw = put(context, Zone.RAW, "raw");
    ArtifactRef processed = put(context, Zone.PROCESSED, "processed");
    ArtifactRef report = put(context, Zone.REPORTS, "report");
    Evidence evidence = provenance(context, run, List.of(processed), List.of(raw));
    return new Dataset(raw, processed, 4, List.of(), report, evidence);
  }

  FeatureTable features(Dataset dataset) throws IOException {
    StageContext context = context(Role.FEATURES);
    byte[] json = FeatureCompiler.compile(FEATURES, COLUMNS).json();
    ArtifactRef program = context.store().put(Zone.FEATURES, json, "application/json");
    ArtifactRef training = put(context, Zone.FEATURES, "training");
    ArtifactRef holdout = put(context, Zone.FEATURES, "holdout");
    Evidence evidence =
        provenance(context, RUN, List.of(training, holdout, program), List.of(dataset.processed()));
    return new FeatureTable(
        program, List.of("distance", "rate"), "tipped", training, holdout, 3, 1, 0, evidence);
  }

  TrainedModel training(FeatureTable features, byte[] onnx) throws IOException {
    StageContext context = context(Role.TRAINING);
    ArtifactRef model = context.store().put(Zone.CANDIDATES, onnx, "application/onnx");
    ArtifactRef record = put(context, Zone.CANDIDATES, "{\"environment\":{\"threads\":\"1\"}}");
    Evidence evidence =
        provenance(
            context, RUN, List.of(model, record), List.of(features.training(), features.program()));
    return new TrainedModel(model, record, "by-hand", "process", evidence);
  }

  Evaluation gate(FeatureTable features, TrainedModel model, boolean passed) throws IOException {
    StageContext context = context(Role.VALIDATION);
    ArtifactRef report = put(context, Zone.EVIDENCE, "{\"evaluation\":1}");
    ArtifactRef page = put(context, Zone.REPORTS, "page");
    ArtifactRef baseline = put(context, Zone.EVIDENCE, "{\"baseline\":1}");
    byte[] envelope =
        context
            .signer()
            .testResult(
                passed,
                subjects(List.of(model.model(), report, baseline)),
                materials(List.of(features.holdout(), features.program())),
                List.of("auc minimum"),
                List.of());
    return new Evaluation(
        true,
        List.of(),
        List.of(),
        report,
        page,
        baseline,
        new Evidence(context.storeStatement(envelope), 1, 1));
  }

  static PipelineSpecification specification() {
    return new PipelineSpecification(
        "tips",
        "tips",
        "Who tips.",
        new SourceSpecification("/data/trips.csv", SourceFormat.CSV, ",", null),
        new DataContract("trips", "1.0.0", "trips", "6".repeat(64), COLUMNS, List.of()),
        FEATURES,
        new SplitSpecification(0.2, null, 1),
        new TrainingSpecification("by-hand", 1, Map.of("depth", "3")),
        new ValidationSpecification(0.4, 0.95, 100, 1, List.of(), List.of(), null),
        new ApprovalSpecification(1, Duration.ofHours(1), Duration.ofHours(2)),
        new DeploymentSpecification(
            List.of(new CanaryStep(50, 100, Duration.ofMinutes(1))), Duration.ofSeconds(1), 0.05, Duration.ofHours(1)),
        new MonitoringSpecification(Duration.ofHours(1), 100, 0.25));
  }

  /** {@code probability = sigmoid(features · weights)}. */
  static byte[] logistic(int features) {
    OnnxMl.TensorProto.Builder weights =
        OnnxMl.TensorProto.newBuilder()
            .setName("weights")
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .addDims(features)
            .addDims(1);
    for (int i = 0; i < features; i++) {
      weights.addFloatData(i);
    }
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .setGraph(
            OnnxMl.GraphProto.newBuilder()
                .addInput(value("features", features))
                .addOutput(value("probability", 1))
                .addInitializer(weights)
                .addNode(node("MatMul", "logit", "features", "weights"))
                .addNode(node("Sigmoid", "probability", "logit")))
        .build()
        .toByteArray();
  }

  private static OnnxMl.NodeProto node(String operator, String output, String... inputs) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static OnnxMl.ValueInfoProto value(String name, long columns) {
    OnnxMl.TensorShapeProto shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    OnnxMl.TypeProto.Tensor tensor =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static ColumnContract column(String name) {
    return new ColumnContract(
        name, ColumnType.NUMBER, true, false, null, null, List.of(), null, null);
  }

  private static ArtifactRef put(StageContext context, Zone zone, String content) {
    return context.store().put(zone, content.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private static Evidence provenance(
      StageContext context,
      RunContext run,
      List<ArtifactRef> subjects,
      List<ArtifactRef> materials) {
    byte[] envelope =
        context
            .signer()
            .provenance(
                run, subjects(subjects), materials(materials), Json.mapper().createObjectNode());
    return new Evidence(context.storeStatement(envelope), 1, 1);
  }

  private static List<Subject> subjects(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Subject(a.zone().label(), a.sha256())).toList();
  }

  private static List<Material> materials(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Material(a.uri(), a.sha256())).toList();
  }
}
