package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.formats.validation.VersionChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an evaluation together as its report. */
final class ReportAssembly {

  /** A column may have a value of its own in every row; a page of that size would fit no memory. */
  private static final int SMALL_GROUPS = 100;

  private ReportAssembly() {}

  /**
   * What was measured.
   *
   * @param labelName the label's name
   * @param model SHA-256 of the candidate
   * @param holdout SHA-256 of the hold-out
   * @param program SHA-256 of the feature program
   * @param stableVersion the stable version; null for a first release
   * @param stableModel SHA-256 of its model; null for a first release
   */
  record Subjects(
      String labelName,
      String model,
      String holdout,
      String program,
      @Nullable String stableVersion,
      @Nullable String stableModel) {}

  /**
   * Where the candidate comes from.
   *
   * @param changes in what it differs from the stable version
   * @param reason why its run was started; empty if not told
   */
  record Origin(List<VersionChange> changes, String reason) {}

  static EvaluationReport assemble(
      RunContext run,
      Subjects subjects,
      ValidationSpecification validation,
      List<String> findings,
      Origin origin,
      ConfusionMatrix outcomes,
      boolean[] labels,
      List<PairedBootstrap.Estimate> estimates,
      List<GateResult> gates,
      List<BehaviourResult> behaviour,
      @Nullable GroupFairness fairness,
      Curves candidate,
      @Nullable Curves stable) {
    int positives = 0;
    for (boolean label : labels) {
      positives += label ? 1 : 0;
    }
    return new EvaluationReport(
        run,
        gates.stream().noneMatch(GateResult::blocking),
        labels.length,
        positives,
        subjects.labelName(),
        subjects.model(),
        subjects.holdout(),
        subjects.program(),
        subjects.stableVersion(),
        subjects.stableModel(),
        validation,
        findings,
        origin.changes(),
        origin.reason(),
        outcomes,
        estimates.stream().map(PairedBootstrap.Estimate::metricValue).toList(),
        gains(estimates),
        gates,
        behaviour,
        finding(validation.fairness(), fairness),
        candidate,
        stable);
  }

  private static List<EvaluationReport.Gain> gains(List<PairedBootstrap.Estimate> estimates) {
    List<EvaluationReport.Gain> gains = new ArrayList<>();
    for (PairedBootstrap.Estimate estimate : estimates) {
      Double gain = estimate.gain();
      Interval interval = estimate.gainInterval();
      if (gain != null && interval != null) {
        gains.add(
            new EvaluationReport.Gain(
                estimate.metric().label(), gain, interval.low(), interval.high()));
      }
    }
    return gains;
  }

  private static EvaluationReport.@Nullable FairnessFinding finding(
      @Nullable FairnessGate gate, @Nullable GroupFairness measured) {
    if (gate == null || measured == null) {
      return null;
    }
    return new EvaluationReport.FairnessFinding(
        gate.column(),
        gate.metric().label(),
        measured.groups().stream().map(ReportAssembly::group).toList(),
        measured.leftOut().stream()
            .sorted(Comparator.comparingInt(GroupRates::rows).reversed())
            .limit(SMALL_GROUPS)
            .map(ReportAssembly::group)
            .toList(),
        Math.max(0, measured.leftOut().size() - SMALL_GROUPS));
  }

  private static EvaluationReport.Group group(GroupRates counted) {
    Rates rates = counted.rates();
    return new EvaluationReport.Group(
        counted.group(),
        counted.rows(),
        rates.selection(),
        finite(rates.truePositive()),
        finite(rates.falsePositive()));
  }

  private static @Nullable Double finite(double rate) {
    return Double.isFinite(rate) ? rate : null;
  }
}
