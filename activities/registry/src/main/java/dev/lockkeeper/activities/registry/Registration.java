package dev.lockkeeper.activities.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.release.ModelSigning;
import dev.lockkeeper.attestation.release.RegisteredPackages;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.DeploymentPlanFormat;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.models.InspectedModel;
import dev.lockkeeper.models.ModelFileInspector;
import dev.lockkeeper.models.ModelRefusedException;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
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

  private final StageContext context;
  private final RegisterModelInput input;
  private final StageAttempt attempt;
  private final SortedMap<String, ArtifactRef> files = new TreeMap<>();

  Registration(StageContext context, RegisterModelInput input, StageAttempt attempt) {
    this.context = context;
    this.input = input;
    this.attempt = attempt;
  }

  ModelPackage register() {
    new InputChainVerifier(context, input).require();
    byte[] model = context.store().read(input.model().model());
    byte[] program = context.store().read(input.features().program());
    FeatureProgram features = FeatureProgram.load(program);
    InspectedModel inspected = inspect(model, features.featureNames().size());
    byte[] training = context.store().read(input.model().record());

    add(PackageFile.MODEL, model, ONNX);
    add(PackageFile.FEATURE_PROGRAM, program, JSON);
    add(
        PackageFile.SERVING_CONTRACT,
        ServingContractFormat.INSTANCE.write(contract(features)),
        JSON);
    add(
        PackageFile.RECORD,
        ModelRecordFormat.INSTANCE.write(RunRecord.of(input, training, inspected.format())),
        JSON);
    add(
        PackageFile.DEPLOYMENT_PLAN,
        DeploymentPlanFormat.INSTANCE.write(input.specification().deployment()),
        JSON);
    add(PackageFile.BASELINE, context.store().read(input.evaluation().baseline()), JSON);
    add(PackageFile.EVALUATION, context.store().read(input.evaluation().report()), JSON);
    addStatement(PackageFile.DATASET_STATEMENT, input.dataset().evidence());
    addStatement(PackageFile.FEATURES_STATEMENT, input.features().evidence());
    addStatement(PackageFile.TRAINING_STATEMENT, input.model().evidence());
    addStatement(PackageFile.GATE_STATEMENT, input.evaluation().evidence());
    return new RegisteredPackages(context.store()).register(sign());
  }

  private static InspectedModel inspect(byte[] model, int features) {
    try {
      InspectedModel inspected = ModelFileInspector.inspect(model);
      inspected.requireShape(features);
      return inspected;
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
    files.put(name, context.store().put(Zone.MODELS, content, mediaType));
  }

  private void addStatement(String name, Evidence evidence) {
    add(name, context.store().read(evidence.statement()), Dsse.MEDIA_TYPE);
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
    byte[] bundle = ModelSigning.sign(runId, digests, context.signer().signer());
    ArtifactRef signature = context.store().put(Zone.MODELS, bundle, ModelSigning.BUNDLE);
    ObjectNode parameters = Json.mapper().createObjectNode();
    parameters.put("specificationDigest", input.run().specificationDigest());
    byte[] statement =
        context
            .signer()
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
