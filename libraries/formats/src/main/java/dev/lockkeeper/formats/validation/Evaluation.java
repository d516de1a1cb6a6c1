package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.run.MetricValue;
import java.util.List;

/**
 * Result of the validation stage.
 *
 * @param passed whether every gate lets the model pass
 * @param gates what each gate found
 * @param metrics hold-out metrics
 * @param findings what a reader of the metrics has to know of the hold-out, a line each
 * @param changes in what the candidate differs from the stable version; empty for a first release
 * @param report the machine-readable report (evidence zone)
 * @param page the self-contained HTML page (reports zone)
 * @param baseline the monitoring baseline: histograms of features and predictions on the hold-out
 *     (evidence zone)
 * @param evidence the signed gate statement
 */
public record Evaluation(
    boolean passed,
    List<GateResult> gates,
    List<MetricValue> metrics,
    List<String> findings,
    List<VersionChange> changes,
    ArtifactRef report,
    ArtifactRef page,
    ArtifactRef baseline,
    Evidence evidence) {

  @SuppressWarnings("ConstantValue") // a payload of before they were there reads as null
  public Evaluation {
    findings = findings == null ? List.of() : List.copyOf(findings);
    changes = changes == null ? List.of() : List.copyOf(changes);
  }

  /** A result without findings and changes. */
  public Evaluation(
      boolean passed,
      List<GateResult> gates,
      List<MetricValue> metrics,
      ArtifactRef report,
      ArtifactRef page,
      ArtifactRef baseline,
      Evidence evidence) {
    this(passed, gates, metrics, List.of(), List.of(), report, page, baseline, evidence);
  }
}
