package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.VersionChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided and what was decided so far.
 *
 * @param review the open review; null while there is none
 * @param gates what the gates found
 * @param metrics the candidate's hold-out metrics with their intervals, and the stable version's
 * @param findings what a reader of the metrics has to know of the hold-out, a line each
 * @param changes in what the candidate differs from the stable version
 * @param startedBy who started the run, as claimed; empty in runs of before it was told
 * @param reason why, in the starter's words; empty if not told
 * @param page the evaluation page; null before validation
 * @param accepted decisions that count
 * @param refused attempts that changed nothing, each in one line, at most twenty
 */
public record ReviewStatus(
    @Nullable Review review,
    List<GateResult> gates,
    List<MetricValue> metrics,
    List<String> findings,
    List<VersionChange> changes,
    String startedBy,
    String reason,
    @Nullable ArtifactRef page,
    List<AcceptedDecision> accepted,
    List<String> refused) {

  @SuppressWarnings("ConstantValue") // a worker of before they were there answers without them
  public ReviewStatus {
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
    findings = findings == null ? List.of() : List.copyOf(findings);
    changes = changes == null ? List.of() : List.copyOf(changes);
    startedBy = startedBy == null ? "" : startedBy;
    reason = reason == null ? "" : reason;
  }

  /** A status without metrics. */
  public ReviewStatus(
      @Nullable Review review,
      List<GateResult> gates,
      @Nullable ArtifactRef page,
      List<AcceptedDecision> accepted,
      List<String> refused) {
    this(review, gates, List.of(), List.of(), List.of(), "", "", page, accepted, refused);
  }
}
