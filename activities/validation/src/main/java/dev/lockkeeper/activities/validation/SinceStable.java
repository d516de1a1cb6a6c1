package dev.lockkeeper.activities.validation;

import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.training.TrainingRecord;
import dev.lockkeeper.formats.training.TrainingRecordFormat;
import dev.lockkeeper.formats.validation.VersionChange;
import dev.lockkeeper.stage.RunningCode;
import dev.lockkeeper.stage.StageContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In what a candidate differs from the stable version, by what the stages signed of either.
 *
 * @param context the validation role's context
 * @param input the candidate's deliveries, verified
 * @param features the candidate's features statement
 */
record SinceStable(StageContext context, ValidateModelInput input, VerifiedStatement features) {

  /**
   * The changes, and how the data moved.
   *
   * @param rows this hold-out as the stable version's features see it
   */
  List<VersionChange> changes(StableModel stable, float[][] rows) {
    List<VersionChange> changes = new ArrayList<>(facts().changesSince(stable.facts()));
    MonitoringBaseline baseline = stable.baseline();
    if (baseline != null) {
      changes.addAll(DataDrift.of(baseline, stable.program().featureNames(), rows));
    }
    return changes;
  }

  private VersionFacts facts() {
    VersionFacts facts = new VersionFacts();
    FeatureTable table = input.features();
    Map<String, Long> rows = new HashMap<>();
    rows.put("training", table.trainingRows());
    rows.put("holdout", table.holdoutRows());
    rows.put("filtered", table.filteredRows());
    Dataset.Accepted dataset = input.dataset();
    if (dataset != null) {
      VerifiedStatement ingestion =
          context.verifyInput(dataset.evidence(), Role.INGESTION, dataset.processed());
      features.requireMaterial(dataset.processed().sha256(), "data set");
      rows.put("read", dataset.rows());
      ingestion.materials().stream()
          .filter(material -> material.uri().equals("contract"))
          .findFirst()
          .ifPresent(
              contract ->
                  facts.contract(
                      VersionFacts.parameters(ingestion).path("contract").asText(),
                      contract.sha256()));
    }
    facts.rows(rows).periods(features).split(SignedSplit.of(features));
    facts.features(context.store().read(table.program()));
    TrainingRecord training =
        StableModel.readable(
            () -> TrainingRecordFormat.INSTANCE.read(context.store().read(input.model().record())));
    if (training != null) {
      facts.training(training);
    }
    return facts.code(RunningCode.version());
  }
}
