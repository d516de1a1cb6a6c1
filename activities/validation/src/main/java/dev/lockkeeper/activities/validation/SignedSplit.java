package dev.lockkeeper.activities.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.AppliedSplitFormat;
import org.jspecify.annotations.Nullable;

/** The split that a features statement says. */
final class SignedSplit {

  private SignedSplit() {}

  /**
   * The split; null if the statement says none, as of a features stage of one's own.
   *
   * @throws CustodyException if what it says cannot be read
   */
  static @Nullable AppliedSplit of(VerifiedStatement features) {
    JsonNode split =
        features.predicate().path("buildDefinition").path("externalParameters").path("split");
    if (!split.has(AppliedSplitFormat.FIELD)) {
      return null;
    }
    try {
      return AppliedSplitFormat.INSTANCE.read(split);
    } catch (FormatException e) {
      throw new CustodyException("the features statement: " + e.getMessage(), e);
    }
  }
}
