package dev.lockkeeper.formats;

import dev.lockkeeper.formats.approval.ClosedReviewFormat;
import dev.lockkeeper.formats.approval.DecisionAttemptFormat;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.ReviewFormat;
import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.formats.deployment.CanaryVerdictFormat;
import dev.lockkeeper.formats.deployment.DeploymentPlanFormat;
import dev.lockkeeper.formats.deployment.ServingManifestFormat;
import dev.lockkeeper.formats.features.AppliedSplitFormat;
import dev.lockkeeper.formats.features.FeatureTableFormat;
import dev.lockkeeper.formats.features.ProgramDocumentFormat;
import dev.lockkeeper.formats.ingestion.ContractReportFormat;
import dev.lockkeeper.formats.ingestion.DatasetFormat;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.monitoring.MonitoringClaimFormat;
import dev.lockkeeper.formats.monitoring.RaisedAlertsFormat;
import dev.lockkeeper.formats.monitoring.WindowComparisonFormat;
import dev.lockkeeper.formats.monitoring.WindowReportFormat;
import dev.lockkeeper.formats.registry.ModelPackageFormat;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.formats.training.TrainedModelFormat;
import dev.lockkeeper.formats.training.TrainingRecordFormat;
import dev.lockkeeper.formats.validation.EvaluationFormat;
import java.util.List;

/** Every format of this library. */
public final class Formats {

  private static final List<Format<?>> ALL =
      List.of(
          AppliedSplitFormat.INSTANCE,
          CanaryCountsFormat.INSTANCE,
          CanaryVerdictFormat.INSTANCE,
          ClosedReviewFormat.INSTANCE,
          ContractReportFormat.INSTANCE,
          DatasetFormat.INSTANCE,
          DecisionAttemptFormat.INSTANCE,
          DecisionDocumentFormat.INSTANCE,
          DeploymentPlanFormat.INSTANCE,
          EvaluationFormat.INSTANCE,
          FeatureTableFormat.INSTANCE,
          InferenceRecordFormat.INSTANCE,
          ModelPackageFormat.INSTANCE,
          ModelRecordFormat.INSTANCE,
          MonitoringBaselineFormat.INSTANCE,
          MonitoringClaimFormat.INSTANCE,
          ProgramDocumentFormat.INSTANCE,
          RaisedAlertsFormat.INSTANCE,
          ReviewFormat.INSTANCE,
          ServingContractFormat.INSTANCE,
          ServingManifestFormat.INSTANCE,
          TrainedModelFormat.INSTANCE,
          TrainingRecordFormat.INSTANCE,
          WindowComparisonFormat.INSTANCE,
          WindowReportFormat.INSTANCE);

  private Formats() {}

  /** Every format, in the order of the classes' names. */
  public static List<Format<?>> all() {
    return ALL;
  }
}
