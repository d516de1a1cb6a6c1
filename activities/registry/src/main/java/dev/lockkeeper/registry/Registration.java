package dev.lockkeeper.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.contracts.registry.ServingContract;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Dsse;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.custody.model.InspectedModel;
import dev.lockkeeper.custody.model.ModelFileInspector;
import dev.lockkeeper.custody.model.ModelRefusedException;
import dev.lockkeeper.custody.release.ModelSigning;
import dev.lockkeeper.custody.release.RegisteredPackages;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Builds, signs and lists the package of one run. */
final class Registration {

  private static final String JSON = "application/json";
  private static final String ONNX = "application/onnx";

  private final Desk desk;
  private final RegisterModelInput input;
  private final StageAttempt attempt;
  private final SortedMap<String, ArtifactRef> files = new TreeMap<>();

  Registration(Desk desk, RegisterModelInput input, StageAttempt attempt) {
    this.desk = desk;
    this.input = input;
    this.attempt = attempt;
  }

  ModelPackage register() {
    new DeliveredChain(desk, input).require();
    byte[] model = desk.store().read(input.model().model());
    byte[] program = desk.store().read(input.features().program());
    FeatureProgram features = FeatureProgram.load(program);
    InspectedModel format = inspect(model, features.featureNames().size());
    byte[] training = desk.store().read(input.model().record());

    add(PackageFile.MODEL, model, ONNX);
    add(PackageFile.FEATURE_PROGRAM, program, JSON);
    add(PackageFile.SERVING_CONTRACT, Json.canonicalBytes(contract(features)), JSON);
    add(PackageFile.RECORD, Json.canonicalBytes(ModelRecord.of(input, training, format)), JSON);
    add(PackageFile.BASELINE, desk.store().read(input.evaluation().baseline()), JSON);
    add(PackageFile.EVALUATION, desk.store().read(input.evaluation().report()), JSON);
    addStatement(PackageFile.DATASET_STATEMENT, input.dataset().evidence());
    addStatement(PackageFile.FEATURES_STATEMENT, input.features().evidence());
    addStatement(PackageFile.TRAINING_STATEMENT, input.model().evidence());
    addStatement(PackageFile.GATE_STATEMENT, input.evaluation().evidence());
    return new RegisteredPackages(desk.store()).register(sign());
  }

  private static InspectedModel inspect(byte[] model, int features) {
    try {
      InspectedModel format = ModelFileInspector.inspect(model);
      ModelFileInspector.requireShape(model, features);
      return format;
    } catch (ModelRefusedException e) {
      throw new StageException(FailureType.MODEL_REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  private ServingContract contract(FeatureProgram features) {
    Set<String> read =
        features.inputColumns().stream().map(InputColumn::name).collect(Collectors.toSet());
    List<ColumnContract> columns =
        input.specification().contract().columns().stream()
            .filter(column -> read.contains(column.name()))
            .toList();
    return new ServingContract(
        input.run().model(),
        input.run().version(),
        columns,
        input.features().program().sha256(),
        features.version(),
        features.featureNames(),
        input.model().model().sha256(),
        input.specification().validation().decisionThreshold(),
        features.labelName());
  }

  private void add(String name, byte[] content, String mediaType) {
    files.put(name, desk.store().put(Zone.MODELS, content, mediaType));
  }

  private void addStatement(String name, Evidence evidence) {
    add(name, desk.store().read(evidence.statement()), Dsse.MEDIA_TYPE);
  }

  private ModelPackage sign() {
    SortedMap<String, String> digests = new TreeMap<>();
    List<PackageFile> listed = new ArrayList<>();
    files.forEach(
        (name, artifact) -> {
          digests.put(name, artifact.sha256());
          listed.add(new PackageFile(name, artifact));
        });
    String runId = input.run().runId();
    String root = ModelSigning.root(digests.values());
    byte[] bundle = ModelSigning.sign(runId, digests, desk.signer().signer());
    ArtifactRef signature = desk.store().put(Zone.MODELS, bundle, ModelSigning.BUNDLE);
    ObjectNode parameters = Json.mapper().createObjectNode();
    parameters.put("specificationDigest", input.run().specificationDigest());
    byte[] statement =
        desk.signer()
            .provenance(
                input.run(),
                List.of(new Subject(runId, root), new Subject("model.sig", signature.sha256())),
                listed.stream().map(f -> new Material(f.name(), f.artifact().sha256())).toList(),
                parameters);
    return new ModelPackage(
        input.run().model(),
        input.run().version(),
        root,
        List.copyOf(listed),
        signature,
        attempt.evidence(statement));
  }
}
