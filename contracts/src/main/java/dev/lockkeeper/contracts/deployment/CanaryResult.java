package dev.lockkeeper.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.deployment.Deployment;

/** How a canary ended. There may be more kinds later. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CanaryResult.Promoted.class, name = "PROMOTED"),
  @JsonSubTypes.Type(value = CanaryResult.RolledBack.class, name = "ROLLED_BACK")
})
public sealed interface CanaryResult {

  /** What the run is told. */
  Verdict verdict();

  /** One line for people. */
  String message();

  /** The last change of what the endpoint serves. */
  Deployment deployment();

  /** The candidate serves the endpoint. */
  record Promoted(String message, Deployment deployment) implements CanaryResult {

    @Override
    public Verdict verdict() {
      return Verdict.PROMOTED;
    }
  }

  /**
   * The candidate was taken back.
   *
   * @param rollback what was taken back and why
   */
  record RolledBack(String message, Deployment deployment, RollbackSummary rollback)
      implements CanaryResult {

    @Override
    public Verdict verdict() {
      return Verdict.ROLLED_BACK;
    }
  }
}
