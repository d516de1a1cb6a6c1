package dev.lockkeeper.activities.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.release.RegisteredPackages;
import dev.lockkeeper.attestation.release.ReleaseVerifier;
import dev.lockkeeper.attestation.release.VerifiedPackage;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.contracts.registry.RegistryActivities;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelRecord;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.store.DirectoryArtifactStore;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedRegistryTest {

  private StageUnderTest stage;
  @TempDir Path folder;
  private RegistrationFixture fixture;
  private RegistryActivities registry;

  @BeforeEach
  void start() throws Exception {
    fixture = new RegistrationFixture(folder);
    stage = new StageUnderTest(fixture.signed(), new RegistryDefinition(), SignedRegistry::new);
    registry = stage.call(RegistryActivities.class);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void register_packageHasEveryFile() throws Exception {
    ModelPackage made = registry.registerModel(fixture.input());

    assertEquals(
        List.of(
            "baseline.json",
            "dataset.dsse.json",
            "deployment-plan.json",
            "evaluation.json",
            "features.dsse.json",
            "features.json",
            "gate.dsse.json",
            "model.onnx",
            "record.json",
            "serving-contract.json",
            "training.dsse.json"),
        made.files().stream().map(PackageFile::name).toList());
  }

  @Test
  void register_packageVerifiesFromTheModelsZoneAlone() throws Exception {
    registry.registerModel(fixture.input());

    var store =
        new DirectoryArtifactStore(fixture.signed().state().store(), Set.of(Zone.MODELS), Set.of());
    ModelPackage found = new RegisteredPackages(store).find(RunId.parse("tips@1")).orElseThrow();
    VerifiedPackage verified =
        new ReleaseVerifier(store, TrustStore.load(fixture.signed().state().trust())).verify(found);

    assertEquals("ada", verified.startedBy());
    assertTrue(
        verified.checks().get(0).startsWith("package tips@1 is signed by the registry"),
        verified.checks().toString());
  }

  @Test
  void register_servingContractContainsWhatServingNeeds() throws Exception {
    RegisterModelInput input = fixture.input();

    ServingContract contract =
        Json.read(
            read(registry.registerModel(input), "serving-contract.json"), ServingContract.class);

    assertEquals(
        List.of("miles", "fare"), contract.inputs().stream().map(ColumnContract::name).toList());
    assertEquals(List.of("distance", "rate"), contract.featureNames());
    assertEquals(input.features().program().sha256(), contract.featureProgram());
    assertEquals(input.model().model().sha256(), contract.modelDigest());
    assertEquals(0.4, contract.decisionThreshold());
  }

  @Test
  void register_recordSaysHowTheVersionCameToBe() throws Exception {
    RegisterModelInput input = fixture.input();

    ModelRecord record =
        ModelRecordFormat.INSTANCE.read(read(registry.registerModel(input), "record.json"));

    assertEquals(input.run(), record.run());
    assertEquals("0.1.0", record.code().lockkeeper());
    assertEquals("3", record.hyperparameters().get("depth"));
    assertEquals("1", record.trainingRecord().path("environment").path("threads").asText());
    assertEquals(input.features().holdout().sha256(), record.data().get("holdout"));
    assertEquals(1, record.onnx().operators().get("Sigmoid"));
  }

  @Test
  void register_statementIsAboutRootAndSignature() throws Exception {
    ModelPackage made = registry.registerModel(fixture.input());

    var statement =
        fixture.signed().delivering(Role.APPROVAL).verifyInput(made.evidence(), Role.REGISTRY);

    statement.requireSubject(made.rootDigest(), "root");
    statement.requireSubject(made.signature().sha256(), "signature");
  }

  @Test
  void register_secondTimeGivesTheFirstPackage() throws Exception {
    RegisterModelInput input = fixture.input();

    assertEquals(registry.registerModel(input), registry.registerModel(input));
  }

  @Test
  void register_sameVersionWithAnotherModelIsRefused() throws Exception {
    registry.registerModel(fixture.input());
    byte[] other = RegistrationFixture.logistic(2);
    other[other.length - 1] ^= 1;

    ApplicationFailure failure = failure(fixture.input(other, true));

    assertEquals("CUSTODY_BROKEN", failure.getType());
    assertTrue(
        failure.getOriginalMessage().startsWith("tips@1 is registered already, with root "),
        failure.getOriginalMessage());
    assertEquals(
        List.of(new RunId("tips", "1")),
        new RegisteredPackages(stage.context().store()).versions("tips"));
  }

  @Test
  void register_modelThatDidNotPassIsRefused() throws Exception {
    assertBroken(
        "the gate statement says 'FAILED'", fixture.input(RegistrationFixture.logistic(2), false));
  }

  @Test
  void register_otherWidthThanTheFeaturesIsRefused() throws Exception {
    ApplicationFailure failure = failure(fixture.input(RegistrationFixture.logistic(3), true));

    assertEquals("MODEL_REFUSED", failure.getType());
    assertTrue(failure.isNonRetryable());
    assertTrue(
        failure.getOriginalMessage().contains("expected one input 'features' FLOAT [N, 2]"),
        failure.getOriginalMessage());
  }

  @Test
  void register_fileThatIsNoModelIsRefused() throws Exception {
    ApplicationFailure failure = failure(fixture.input(new byte[] {(byte) 0x80, 4, 0}, true));

    assertEquals("MODEL_REFUSED", failure.getType());
    assertTrue(
        failure.getOriginalMessage().contains("Python pickle"), failure.getOriginalMessage());
  }

  @Test
  void register_gateOfAnotherModelIsRefused() throws Exception {
    RegisterModelInput good = fixture.input();
    TrainedModel other = fixture.training(good.features(), RegistrationFixture.logistic(3));
    Evaluation gate = fixture.gate(good.features(), other, true);

    assertBroken(
        "the validation statement is not about",
        new RegisterModelInput(
            good.run(), good.specification(), good.dataset(), good.features(), good.model(), gate));
  }

  @Test
  void register_featuresOfOtherDataAreRefused() throws Exception {
    RegisterModelInput good = fixture.input();
    StageContext ingestion = fixture.signed().delivering(Role.INGESTION);
    ArtifactRef foreign = ingestion.store().put(Zone.PROCESSED, new byte[] {7}, "x");
    Dataset.Accepted dataset = fixture.dataset(RegistrationFixture.RUN);
    Dataset.Accepted other =
        new Dataset.Accepted(dataset.raw(), foreign, 4, dataset.report(), dataset.evidence());
    FeatureTable features = fixture.features(other);

    assertBroken(
        "the features statement did not take in data set",
        new RegisterModelInput(
            good.run(), good.specification(), dataset, features, good.model(), good.evaluation()));
  }

  @Test
  void register_statementByAnotherStageIsRefused() throws Exception {
    RegisterModelInput good = fixture.input();
    TrainedModel model = good.model();
    Evidence forged = good.evaluation().evidence();

    assertBroken(
        "training statement: the signature is not by the trusted key",
        new RegisterModelInput(
            good.run(),
            good.specification(),
            good.dataset(),
            good.features(),
            new TrainedModel(model.model(), model.record(), "by-hand", "process", forged),
            good.evaluation()));
  }

  @Test
  void register_statementOfAnotherRunIsRefused() throws Exception {
    RegisterModelInput good = fixture.input();
    RunContext other = new RunContext("tips@2", "r", "default", "tips", "2", "ada", "d");

    assertBroken(
        "the ingestion statement is of run 'tips@2/r', not of tips@1",
        new RegisterModelInput(
            good.run(),
            good.specification(),
            fixture.dataset(other),
            good.features(),
            good.model(),
            good.evaluation()));
  }

  @Test
  void register_gateOfAnotherRunIsRefused() throws Exception {
    RegisterModelInput good = fixture.input();
    RunContext other = new RunContext("tips@2", "r", "default", "tips", "2", "ada", "d");

    assertBroken(
        "the validation statement is of run 'tips@2/r', not of tips@1",
        new RegisterModelInput(
            good.run(),
            good.specification(),
            good.dataset(),
            good.features(),
            good.model(),
            fixture.gate(other, good.features(), good.model())));
  }

  @Test
  void register_specificationThatTheStatementsDoNotNameIsRefused() throws Exception {
    RegisterModelInput good = fixture.input();
    PipelineSpecification asked = good.specification();
    PipelineSpecification other =
        new PipelineSpecification(
            asked.name(),
            asked.endpoint(),
            "Somebody else's.",
            asked.source(),
            asked.contract(),
            asked.features(),
            asked.split(),
            asked.training(),
            asked.validation(),
            asked.approval(),
            asked.deployment(),
            asked.monitoring());

    assertBroken(
        "but the run's statements name " + RegistrationFixture.RUN.specificationDigest(),
        new RegisterModelInput(
            good.run(), other, good.dataset(), good.features(), good.model(), good.evaluation()));
  }

  private void assertBroken(String reason, RegisterModelInput input) {
    ApplicationFailure failure = failure(input);
    assertEquals("CUSTODY_BROKEN", failure.getType());
    assertTrue(failure.getOriginalMessage().contains(reason), failure.getOriginalMessage());
  }

  private ApplicationFailure failure(RegisterModelInput input) {
    ActivityFailure failure =
        assertThrows(ActivityFailure.class, () -> registry.registerModel(input));
    return (ApplicationFailure) failure.getCause();
  }

  private byte[] read(ModelPackage made, String name) throws Exception {
    return made.files().stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .map(file -> open().read(file.artifact()))
        .orElseThrow();
  }

  private DirectoryArtifactStore open() {
    return new DirectoryArtifactStore(
        fixture.signed().state().store(), Set.of(Zone.MODELS), Set.of());
  }
}
