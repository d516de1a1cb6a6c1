package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.contracts.features.BuildFeaturesInput;
import dev.lockkeeper.contracts.features.FeatureActivities;
import dev.lockkeeper.contracts.ingestion.IngestInput;
import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.contracts.registry.RegistryActivities;
import dev.lockkeeper.contracts.training.TrainModelInput;
import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.workflows.run.StageOptions;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls each stage with the delivery of the one before, and keeps the progress in step. */
final class PipelineStages {
  private static final int SHOWN = 3;

  private final RunContext run;
  private final PipelineSpecification specification;
  private final RunProgress progress;
  private final ReviewProcess reviews;

  PipelineStages(
      RunContext run,
      PipelineSpecification specification,
      RunProgress progress,
      ReviewProcess reviews) {
    this.run = run;
    this.specification = specification;
    this.progress = progress;
    this.reviews = reviews;
  }

  Dataset ingest() {
    progress.begin(Stage.INGESTION, "reading " + specification.source().path());
    Dataset dataset =
        StageOptions.INGESTION
            .activities(
                IngestionActivities.class,
                "Check the data against contract " + specification.contract().id())
            .ingestDataset(new IngestInput(run, specification.source(), specification.contract()));
    progress.report(dataset.report());
    if (dataset instanceof Dataset.Accepted) {
      progress.done(dataset.evidence(), dataset.rows() + " rows accepted");
    } else {
      progress.refused(dataset.evidence(), breaches(dataset));
    }
    return dataset;
  }

  FeatureTable buildFeatures(Dataset.Accepted dataset) {
    progress.begin(Stage.FEATURES, "feature set " + specification.features().version());
    FeatureTable table =
        StageOptions.FEATURES
            .activities(
                FeatureActivities.class,
                "Compute feature set " + specification.features().version())
            .buildFeatures(
                new BuildFeaturesInput(
                    run,
                    dataset,
                    specification.contract(),
                    specification.features(),
                    specification.split()));
    progress.done(
        table.evidence(),
        table.featureNames().size()
            + " features, "
            + table.trainingRows()
            + " training rows, "
            + table.holdoutRows()
            + " held out"
            + keyless(table.split()));
    return table;
  }

  private static String keyless(@Nullable AppliedSplit split) {
    return split == null || split.keylessRows() == 0
        ? ""
        : ", " + split.keylessRows() + " rows without what the split is decided by";
  }

  TrainedModel train(FeatureTable features) {
    String trainer = specification.training().trainer();
    progress.begin(Stage.TRAINING, trainer);
    TrainedModel model =
        StageOptions.TRAINING
            .activities(TrainingActivities.class, "Train with " + trainer)
            .trainModel(new TrainModelInput(run, features, specification.training()));
    progress.done(
        model.evidence(),
        model.trainer()
            + ", isolation "
            + model.isolation()
            + ", "
            + model.model().bytes()
            + " bytes");
    return model;
  }

  Evaluation validate(
      Dataset.Accepted dataset,
      FeatureTable features,
      TrainedModel model,
      @Nullable ModelPackage stable) {
    String against = stable == null ? "the absolute gates" : "stable version " + stable.version();
    Evaluation evaluation =
        StageOptions.VALIDATION
            .activities(ValidationActivities.class, "Hold the model against " + against)
            .validateModel(
                new ValidateModelInput(
                    run,
                    features,
                    model,
                    specification.validation(),
                    stable,
                    dataset,
                    reviews.status().reason()));
    progress.metrics(evaluation.metrics());
    progress.report(evaluation.page());
    reviews.evaluated(evaluation);
    if (evaluation.passed()) {
      int gates = evaluation.gates().size();
      progress.done(
          evaluation.evidence(), gates == 1 ? "1 gate lets it pass" : gates + " gates let it pass");
    } else {
      progress.refused(evaluation.evidence(), refusals(evaluation));
    }
    return evaluation;
  }

  ModelPackage register(
      Dataset.Accepted dataset, FeatureTable features, TrainedModel model, Evaluation evaluation) {
    progress.begin(Stage.REGISTRY, "packaging " + run.runId());
    ModelPackage modelPackage =
        StageOptions.REGISTRY
            .activities(RegistryActivities.class, "Package and sign " + run.runId())
            .registerModel(
                new RegisterModelInput(run, specification, dataset, features, model, evaluation));
    progress.done(modelPackage.evidence(), "package " + modelPackage.rootDigest());
    return modelPackage;
  }

  Approval review(ModelPackage modelPackage, Evaluation evaluation) {
    progress.begin(Stage.APPROVAL, "opening the review");
    Approval approval = reviews.decide(question(modelPackage, evaluation, null), progress);
    if (approval.outcome() == ApprovalOutcome.APPROVED) {
      progress.doneAfterWaiting(approval.evidence(), "approved" + deciders(approval));
    } else {
      progress.refusedAfterWaiting(approval.evidence(), outcome(approval));
    }
    return approval;
  }

  /** What the approvers are asked, before the canary or by it. */
  OpenReviewInput question(
      ModelPackage modelPackage, Evaluation evaluation, @Nullable CanaryQuestion asked) {
    return new OpenReviewInput(
        run,
        specification.endpoint(),
        specification.approval(),
        modelPackage,
        evaluation,
        asked,
        null);
  }

  private static String breaches(Dataset dataset) {
    return shorten(dataset.breaches().stream().map(ContractBreach::message).toList());
  }

  private static String refusals(Evaluation evaluation) {
    return shorten(
        evaluation.gates().stream()
            .filter(GateResult::blocking)
            .map(gate -> gate.gate() + ": " + gate.message())
            .toList());
  }

  private static String outcome(Approval approval) {
    return switch (approval.outcome()) {
      case APPROVED -> "approved" + deciders(approval);
      case REJECTED -> "rejected" + deciders(approval);
      case EXPIRED ->
          "expired: "
              + approval.decisions().size()
              + " of "
              + approval.quorum()
              + " decisions came before "
              + approval.terms().expires();
    };
  }

  private static String deciders(Approval approval) {
    return approval.decisions().stream()
        .map(one -> one.approver() + (one.reason().isEmpty() ? "" : ": " + one.reason()))
        .collect(Collectors.joining("; ", " by ", ""));
  }

  private static String shorten(List<String> lines) {
    String shown = lines.stream().limit(SHOWN).collect(Collectors.joining(" | "));
    return lines.size() <= SHOWN ? shown : shown + " | and " + (lines.size() - SHOWN) + " more";
  }
}
