package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.StatementVerifier;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation page of a run, read from the store and held against the gate statement, which is
 * what a decision is about. Where the server says another page or another statement, it is refused.
 *
 * @param state the folder with the trusted keys and the store
 * @param run which run
 */
record SignedPage(StateFolder state, RunId run) {

  /**
   * The page's bytes.
   *
   * @param status the run, which names the gate statement
   * @param review the review, which names the page
   * @throws CommandException if there is no page, or it is not what the validation stage signed
   */
  byte[] read(RunStatus status, ReviewStatus review) throws IOException {
    ArtifactRef statement = statement(status);
    ArtifactRef page = review.page();
    if (statement == null || page == null) {
      throw new CommandException(
          ExitCode.CONFLICT, "run " + run + " has no evaluation page yet: it was not validated");
    }
    Review open = review.review();
    try {
      if (open != null && !open.terms().evidenceDigest().equals(statement.sha256())) {
        throw new CustodyException("the decision is about another gate statement");
      }
      return verified(statement, page);
    } catch (CustodyException | StoreException e) {
      throw new CommandException(
          ExitCode.REFUSED, "the page of " + run + " does NOT verify: " + e.getMessage(), e);
    }
  }

  private static @Nullable ArtifactRef statement(RunStatus status) {
    return status.stages().stream()
        .filter(stage -> stage.stage() == Stage.VALIDATION)
        .findFirst()
        .map(StageStatus::statement)
        .orElse(null);
  }

  private byte[] verified(ArtifactRef statement, ArtifactRef page) throws IOException {
    ArtifactStore store =
        ArtifactStores.open(state.zones(), ZoneAccess.reading(Zone.EVIDENCE, Zone.REPORTS));
    VerifiedStatement gates =
        new StatementVerifier(TrustStore.load(state.trust()))
            .verify(store.read(statement), Role.VALIDATION);
    gates.requireRun(run.toString());
    gates.requireSubject(page.sha256(), "evaluation page");
    return store.read(page);
  }
}
