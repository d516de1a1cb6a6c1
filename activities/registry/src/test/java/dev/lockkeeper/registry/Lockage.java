package dev.lockkeeper.registry;

import ai.onnx.proto.OnnxMl;
import dev.lockkeeper.contracts.approval.ApprovalSpecification;
import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.deployment.DeploymentSpecification;
import dev.lockkeeper.contracts.features.FeatureSetSpecification;
import dev.lockkeeper.contracts.features.FeatureSpecification;
import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.features.LabelSpecification;
import dev.lockkeeper.contracts.features.SplitSpecification;
import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ColumnType;
import dev.lockkeeper.contracts.ingestion.DataContract;
import dev.lockkeeper.contracts.ingestion.Dataset;
import dev.lockkeeper.contracts.ingestion.SourceFormat;
import dev.lockkeeper.contracts.ingestion.SourceSpecification;
import dev.lockkeeper.contracts.monitoring.MonitoringSpecification;
import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.contracts.training.TrainedModel;
import dev.lockkeeper.contracts.training.TrainingSpecification;
import dev.lockkeeper.contracts.validation.Evaluation;
import dev.lockkeeper.contracts.validation.ValidationSpecification;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.features.FeatureCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The deliveries of the stages before the registry, made with their real keys. */
final class Lockage {

  static final RunContext RUN =
      new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", "5".repeat(64));
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

  private final StateFolder state;

  Lockage(Path folder) throws IOException {
    this.state = new StateFolder(folder.resolve("state")).initialise();
  }

  StateFolder state() {
    return state;
  }

  Desk desk(Role role) throws IOException {
    return Desk.open(state, role);
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
    Desk desk = desk(Role.INGESTION);
    ArtifactRef raw = put(desk, Zone.RAW, "raw");
    ArtifactRef processed = put(desk, Zone.PROCESSED, "processed");
    ArtifactRef report = put(desk, Zone.REPORTS, "report");
    Evidence evidence = provenance(desk, run, List.of(processed), List.of(raw));
    return new Dataset(raw, processed, 4, List.of(), report, evidence);
  }

  FeatureTable features(Dataset dataset) throws IOException {
    Desk desk = desk(Role.FEATURES);
    byte[] json = FeatureCompiler.compile(FEATURES, COLUMNS).json();
    ArtifactRef program = desk.store().put(Zone.FEATURES, json, "application/json");
    ArtifactRef training = put(desk, Zone.FEATURES, "training");
    ArtifactRef holdout = put(desk, Zone.FEATURES, "holdout");
    Evidence evidence =
        provenance(desk, RUN, List.of(training, holdout, program), List.of(dataset.processed()));
    return new FeatureTable(
        program, List.of("distance", "rate"), "tipped", training, holdout, 3, 1, 0, evidence);
  }

  TrainedModel training(FeatureTable features, byte[] onnx) throws IOException {
    Desk desk = desk(Role.TRAINING);
    ArtifactRef model = desk.store().put(Zone.CANDIDATES, onnx, "application/onnx");
    ArtifactRef record = put(desk, Zone.CANDIDATES, "{\"environment\":{\"threads\":\"1\"}}");
    Evidence evidence =
        provenance(
            desk, RUN, List.of(model, record), List.of(features.training(), features.program()));
    return new TrainedModel(model, record, "by-hand", "process", evidence);
  }

  Evaluation gate(FeatureTable features, TrainedModel model, boolean passed) throws IOException {
    Desk desk = desk(Role.VALIDATION);
    ArtifactRef report = put(desk, Zone.EVIDENCE, "{\"evaluation\":1}");
    ArtifactRef page = put(desk, Zone.REPORTS, "page");
    ArtifactRef baseline = put(desk, Zone.EVIDENCE, "{\"baseline\":1}");
    byte[] envelope =
        desk.signer()
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
        new Evidence(desk.file(envelope), 1, 1));
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
        new DeploymentSpecification(List.of(), Duration.ofSeconds(1), 0.05, Duration.ofHours(1)),
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

  private static ArtifactRef put(Desk desk, Zone zone, String content) {
    return desk.store().put(zone, content.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private static Evidence provenance(
      Desk desk, RunContext run, List<ArtifactRef> subjects, List<ArtifactRef> materials) {
    byte[] envelope =
        desk.signer()
            .provenance(
                run, subjects(subjects), materials(materials), Json.mapper().createObjectNode());
    return new Evidence(desk.file(envelope), 1, 1);
  }

  private static List<Subject> subjects(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Subject(a.zone().label(), a.sha256())).toList();
  }

  private static List<Material> materials(List<ArtifactRef> artifacts) {
    return artifacts.stream().map(a -> new Material(a.uri(), a.sha256())).toList();
  }
}
