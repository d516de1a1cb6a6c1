package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.TrafficShare;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a candidate has come, by the manifests that gave it traffic without a break.
 *
 * @param steps different shares that it has had
 * @param percent the share that it has
 * @param since when it got that share
 */
record CanaryPath(int steps, double percent, Instant since) {

  /** The path up to a manifest; empty if the release is not its candidate. */
  static Optional<CanaryPath> of(Manifests manifests, ServingManifest now, ReleaseId release) {
    List<ServingManifest> back =
        manifests
            .between(0, now)
            .takeWhile(
                manifest ->
                    manifest.candidate() != null
                        && ReleaseId.of(manifest.candidate()).equals(release))
            .toList();
    if (back.isEmpty()) {
      return Optional.empty();
    }
    double percent = now.candidatePercent();
    Instant since =
        back.stream()
            .takeWhile(manifest -> manifest.candidatePercent() == percent)
            .reduce((newer, older) -> older)
            .orElseThrow()
            .createdAt();
    int steps =
        (int) back.stream().mapToDouble(ServingManifest::candidatePercent).distinct().count();
    return Optional.of(new CanaryPath(steps, percent, since));
  }

  /** Demands that a share is the plan's next. */
  static void requireNext(
      List<CanaryStep> plan, Optional<CanaryPath> path, double percent, String subject) {
    int next = path.map(tried -> tried.index(plan, subject) + 1).orElse(0);
    if (next == plan.size()) {
      throw ApprovedCanaries.refused(subject + " has had the last step of its approved plan");
    }
    double approved = plan.get(next).percent();
    if (approved != percent) {
      throw ApprovedCanaries.refused(
          "the approved plan gives "
              + subject
              + " "
              + TrafficShare.text(approved)
              + " % of the traffic now, and "
              + TrafficShare.text(percent)
              + " % is asked for");
    }
  }

  void requireLast(List<CanaryStep> plan, String subject) {
    int at = index(plan, subject);
    if (at < plan.size() - 1) {
      throw ApprovedCanaries.refused(
          subject + " has had step " + (at + 1) + " of " + plan.size() + " of its approved plan");
    }
  }

  /** Whether the step has had its time and its requests. */
  boolean isOver(List<CanaryStep> plan, CanaryLook look) {
    CanaryStep step = plan.get(index(plan, "the candidate"));
    return !Instant.now().isBefore(since.plus(step.bake()))
        && look.stepRequests() >= step.minimumRequests();
  }

  private int index(List<CanaryStep> plan, String subject) {
    for (int i = 0; i < plan.size(); i++) {
      if (plan.get(i).percent() == percent) {
        return i;
      }
    }
    throw ApprovedCanaries.refused(
        subject
            + " has "
            + TrafficShare.text(percent)
            + " % of the traffic, which is no step of its approved plan");
  }
}
