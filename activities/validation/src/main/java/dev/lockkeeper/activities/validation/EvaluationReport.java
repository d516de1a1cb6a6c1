package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.formats.validation.VersionChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine-readable report ({@code evaluation.json}).
 *
 * @param run the run
 * @param passed whether every gate lets the model pass
 * @param rows hold-out rows
 * @param positiveRows hold-out rows with a true label
 * @param labelName the label's name
 * @param modelDigest SHA-256 of the candidate
 * @param holdoutDigest SHA-256 of the hold-out
 * @param programDigest SHA-256 of the feature program
 * @param stableVersion the version it was compared with; null for a first release
 * @param stableModelDigest SHA-256 of that version's model; null for a first release
 * @param validation the gates as they were asked for
 * @param findings what a reader has to know of the hold-out, a line each
 * @param changes in what the candidate differs from the stable version
 * @param reason why the run was started; empty if its starter did not say
 * @param outcomes the confusion matrix at the decision threshold; null in a report of before it was
 *     kept
 * @param metrics every metric
 * @param gains every metric's paired gain over the stable model; empty for a first release
 * @param gates what each gate found
 * @param behaviour what each behavioural check found
 * @param fairness the group rates; null without a fairness gate
 * @param candidate the candidate's curves
 * @param stable the stable model's curves; null for a first release
 */
record EvaluationReport(
    RunContext run,
    boolean passed,
    int rows,
    int positiveRows,
    String labelName,
    String modelDigest,
    String holdoutDigest,
    String programDigest,
    @Nullable String stableVersion,
    @Nullable String stableModelDigest,
    ValidationSpecification validation,
    List<String> findings,
    List<VersionChange> changes,
    String reason,
    @Nullable ConfusionMatrix outcomes,
    List<MetricValue> metrics,
    List<Gain> gains,
    List<GateResult> gates,
    List<BehaviourResult> behaviour,
    @Nullable FairnessFinding fairness,
    Curves candidate,
    @Nullable Curves stable) {

  /**
   * How much better the candidate is than the stable model on the same rows; positive is better.
   *
   * @param metric the metric's name
   * @param value the point estimate
   * @param low lower end of the paired interval
   * @param high upper end of the paired interval
   */
  record Gain(String metric, double value, double low, double high) {}

  /**
   * The groups of the fairness gate.
   *
   * @param column the column
   * @param metric the metric's name
   * @param groups groups that count
   * @param leftOut the largest of the groups that are too small
   * @param smaller how many smaller groups there are
   */
  record FairnessFinding(
      String column, String metric, List<Group> groups, List<Group> leftOut, int smaller) {}

  /**
   * A group's rates; a rate is null where its denominator is 0.
   *
   * @param name the group
   * @param rows rows
   * @param selectionRate share predicted positive
   * @param truePositiveRate share of positives predicted positive
   * @param falsePositiveRate share of negatives predicted positive
   */
  record Group(
      String name,
      int rows,
      double selectionRate,
      @Nullable Double truePositiveRate,
      @Nullable Double falsePositiveRate) {}
}
