package dev.lockkeeper.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.run.Role;
import java.util.List;

/**
 * An in-toto statement whose signature was verified.
 *
 * @param role the role whose key signed it
 * @param predicateType what it claims
 * @param subjects what it is about
 * @param materials what went in; empty for predicates that have none
 * @param predicate the claim
 */
public record VerifiedStatement(
    Role role,
    String predicateType,
    List<Subject> subjects,
    List<Material> materials,
    JsonNode predicate) {

  /** Whether a test-result statement lets the model pass. */
  public boolean passed() {
    return result().equals(StatementSigner.PASSED);
  }

  /** What a test-result statement says of the whole; empty in other statements. */
  public String result() {
    return predicate.path("result").asText();
  }

  /**
   * Requires that the stage made the statement in a run.
   *
   * @param runId {@code MODEL@VERSION}
   * @throws CustodyException if it names another run, or none
   */
  public void requireRun(String runId) {
    String invocation =
        predicateType.equals(StatementSigner.TEST_RESULT)
            ? predicate.path("url").asText().replace(StatementSigner.RUN, "")
            : predicate.at("/runDetails/metadata/invocationId").asText();
    if (!invocation.startsWith(runId + "/")) {
      throw new CustodyException(
          "the " + role.label() + " statement is of run '" + invocation + "', not of " + runId);
    }
  }

  /**
   * Requires that the statement is about a digest.
   *
   * @throws CustodyException if it is not
   */
  public void requireSubject(String sha256, String what) {
    if (subjects.stream().noneMatch(s -> s.sha256().equals(sha256))) {
      throw new CustodyException(
          "the "
              + role.label()
              + " statement is not about "
              + what
              + " "
              + sha256
              + ": it was not made by that stage");
    }
  }

  /**
   * Requires that the stage took in a digest.
   *
   * @throws CustodyException if it did not
   */
  public void requireMaterial(String sha256, String what) {
    if (materials.stream().noneMatch(m -> m.sha256().equals(sha256))) {
      throw new CustodyException(
          "the "
              + role.label()
              + " statement did not take in "
              + what
              + " "
              + sha256
              + ": the chain is broken there");
    }
  }
}
