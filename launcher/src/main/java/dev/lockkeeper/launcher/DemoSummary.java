package dev.lockkeeper.launcher;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.starter.RunReport;
import java.util.List;

/**
 * What the demo found.
 *
 * @param server {@code dev}, {@code memory} or an address
 * @param ui the Web UI; empty if there is none
 * @param seconds wall time
 * @param runs the two releases
 * @param traffic the live requests
 */
@JsonPropertyOrder({"server", "ui", "seconds", "runs", "traffic"})
record DemoSummary(
    String server, String ui, double seconds, List<RunReport> runs, Traffic traffic) {

  /** Live requests, and how many of them were not answered with a probability. */
  @JsonPropertyOrder({"requests", "failed"})
  record Traffic(long requests, long failed) {}

  /** Whether all went as the demo is meant to show. */
  boolean asMeant() {
    return runs.size() == 2
        && runs.get(0).verdict() == Verdict.PROMOTED
        && runs.get(1).verdict() == Verdict.ROLLED_BACK
        && traffic.requests() > 0
        && traffic.failed() == 0;
  }
}
