package dev.lockkeeper.workflows;

import static dev.lockkeeper.workflows.Examples.evidence;
import static dev.lockkeeper.workflows.Examples.ref;

import dev.lockkeeper.contracts.features.FeatureActivities;
import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.contracts.registry.RegistryActivities;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.contracts.training.TrainModelInput;
import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import io.temporal.activity.Activity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every stage, each answering at once as it is told to. */
final class FakeStages {
  volatile List<ContractBreach> breaches = List.of();
  volatile boolean gatePasses = true;
  volatile int trainingFailures;
  volatile FailureType trainingFailure = FailureType.STORE_UNAVAILABLE;
  volatile Runnable whileValidating = () -> {};
  final List<String> baselines = new CopyOnWriteArrayList<>();
  final FakeReview review = new FakeReview();
  final FakeEndpoint endpoint = new FakeEndpoint();
  final FakeWatch watch = new FakeWatch();

  Map<Role, Object> byRole() {
    IngestionActivities ingestion =
        input ->
            breaches.isEmpty()
                ? new Dataset.Accepted(
                    ref(Zone.RAW, 20),
                    ref(Zone.PROCESSED, 21),
                    1000,
                    ref(Zone.REPORTS, 22),
                    evidence(23, 1))
                : new Dataset.Refused(
                    ref(Zone.RAW, 20), 1000, breaches, ref(Zone.REPORTS, 22), evidence(23, 1));
    FeatureActivities features =
        input ->
            new FeatureTable(
                ref(Zone.FEATURES, 30),
                List.of("fare"),
                "tipped",
                ref(Zone.FEATURES, 31),
                ref(Zone.FEATURES, 32),
                800,
                200,
                0,
                evidence(33, 1));
    RegistryActivities registry = input -> Examples.modelPackage(input.run().version());
    ValidationActivities validation =
        input -> {
          ModelPackage stable = input.stable();
          baselines.add(stable == null ? "none" : stable.version());
          whileValidating.run();
          return evaluation();
        };
    TrainingActivities training = this::train;
    return Map.of(
        Role.INGESTION, ingestion,
        Role.FEATURES, features,
        Role.TRAINING, training,
        Role.VALIDATION, validation,
        Role.REGISTRY, registry,
        Role.APPROVAL, review,
        Role.DEPLOYMENT, endpoint,
        Role.MONITORING, watch);
  }

  private TrainedModel train(TrainModelInput input) {
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    if (attempt <= trainingFailures) {
      throw StageFailure.of(trainingFailure, "attempt " + attempt + " did not work");
    }
    return new TrainedModel(
        ref(Zone.CANDIDATES, 40),
        ref(Zone.CANDIDATES, 41),
        input.training().trainer(),
        "process",
        evidence(42, attempt));
  }

  private Evaluation evaluation() {
    GateResult gate =
        new GateResult(
            "auc minimum",
            gatePasses ? GateOutcome.PASSED : GateOutcome.REFUSED,
            !gatePasses,
            gatePasses ? 0.8 : 0.6,
            null,
            null,
            0.7,
            gatePasses ? "0.8 is not below 0.7" : "0.6 is below 0.7");
    return new Evaluation(
        gatePasses,
        List.of(gate),
        List.of(new MetricValue("auc", gate.value(), 0.5, 0.9, null)),
        ref(Zone.EVIDENCE, 50),
        ref(Zone.REPORTS, 51),
        ref(Zone.EVIDENCE, 52),
        evidence(53, 1));
  }
}
