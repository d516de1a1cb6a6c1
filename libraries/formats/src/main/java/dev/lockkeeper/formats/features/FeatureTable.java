package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of the features stage.
 *
 * @param program the feature program (JSON: input columns and expressions), whose SHA-256 is the
 *     feature set's digest
 * @param featureNames feature names in model order
 * @param labelName the label's column in both tables
 * @param training Parquet, one FLOAT column a feature (missing is NaN) and the label as INTEGER 0
 *     or 1
 * @param holdout Parquet, all contract columns of the held-out rows as ingested, and the label as
 *     INTEGER 0 or 1
 * @param trainingRows rows of {@code training}
 * @param holdoutRows rows of {@code holdout}
 * @param filteredRows rows left out by the row filter
 * @param split how the rows were split and what was found; null in a result of before it was kept
 * @param evidence the signed feature statement
 */
public record FeatureTable(
    ArtifactRef program,
    List<String> featureNames,
    String labelName,
    ArtifactRef training,
    ArtifactRef holdout,
    long trainingRows,
    long holdoutRows,
    long filteredRows,
    @Nullable AppliedSplit split,
    Evidence evidence) {

  /** Tables of whose split nothing is known. */
  public FeatureTable(
      ArtifactRef program,
      List<String> featureNames,
      String labelName,
      ArtifactRef training,
      ArtifactRef holdout,
      long trainingRows,
      long holdoutRows,
      long filteredRows,
      Evidence evidence) {
    this(
        program,
        featureNames,
        labelName,
        training,
        holdout,
        trainingRows,
        holdoutRows,
        filteredRows,
        null,
        evidence);
  }
}
