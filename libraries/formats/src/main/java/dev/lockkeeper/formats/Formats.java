package dev.lockkeeper.formats;

import dev.lockkeeper.formats.approval.ClosedReviewFormat;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.ReviewFormat;
import dev.lockkeeper.formats.deployment.ServingManifestFormat;
import dev.lockkeeper.formats.features.FeatureTableFormat;
import dev.lockkeeper.formats.features.ProgramDocumentFormat;
import dev.lockkeeper.formats.ingestion.DatasetFormat;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.monitoring.MonitoringClaimFormat;
import dev.lockkeeper.formats.monitoring.RaisedAlertsFormat;
import dev.lockkeeper.formats.monitoring.WindowComparisonFormat;
import dev.lockkeeper.formats.monitoring.WindowReportFormat;
import dev.lockkeeper.formats.registry.ModelPackageFormat;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.formats.training.TrainedModelFormat;
import dev.lockkeeper.formats.validation.EvaluationFormat;
import java.util.List;

/** Every format of this library. */
public final class Formats {

  private static final List<Format<?>> ALL =
      List.of(
          ClosedReviewFormat.INSTANCE,
          DatasetFormat.INSTANCE,
          DecisionDocumentFormat.INSTANCE,
          EvaluationFormat.INSTANCE,
          FeatureTableFormat.INSTANCE,
          InferenceRecordFormat.INSTANCE,
          ModelPackageFormat.INSTANCE,
          MonitoringClaimFormat.INSTANCE,
          RaisedAlertsFormat.INSTANCE,
          WindowReportFormat.INSTANCE,
          MonitoringBaselineFormat.INSTANCE,
          ProgramDocumentFormat.INSTANCE,
          ReviewFormat.INSTANCE,
          ServingContractFormat.INSTANCE,
          ServingManifestFormat.INSTANCE,
          TrainedModelFormat.INSTANCE,
          WindowComparisonFormat.INSTANCE);

  private Formats() {}

  /** Every format, in the order of the classes' names. */
  public static List<Format<?>> all() {
    return ALL;
  }
}
