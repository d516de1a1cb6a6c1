package dev.lockkeeper.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.run.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies statements: the right role's key, the right type, well-formed subjects.
 *
 * @param trust whose keys are trusted
 */
public record StatementVerifier(TrustStore trust) {

  /**
   * Verifies a DSSE envelope as a statement of one role.
   *
   * @throws CustodyException with the failing check
   */
  public VerifiedStatement verify(byte[] envelope, Role role) {
    String what = role.label() + " statement";
    byte[] payload = Dsse.verify(envelope, Dsse.IN_TOTO, trust.key(role), what);
    try {
      JsonNode statement = Json.mapper().readTree(payload);
      if (!statement.path("_type").asText().equals(StatementSigner.STATEMENT)) {
        throw new CustodyException(what + ": not an in-toto Statement v1");
      }
      JsonNode predicate = statement.path("predicate");
      String type = statement.path("predicateType").asText();
      requireBuilder(what, role, type, predicate);
      return new VerifiedStatement(
          role,
          type,
          subjects(what, statement.path("subject")),
          materials(type, predicate),
          predicate);
    } catch (IOException e) {
      throw new CustodyException(what + ": its payload is not JSON", e);
    }
  }

  private static void requireBuilder(String what, Role role, String type, JsonNode predicate) {
    String builder = predicate.path("runDetails").path("builder").path("id").asText();
    if (type.equals(StatementSigner.PROVENANCE) && !builder.equals(StatementSigner.builder(role))) {
      throw new CustodyException(
          what + ": its builder is '" + builder + "', which this key may not sign for");
    }
  }

  private static List<Subject> subjects(String what, JsonNode nodes) {
    List<Subject> subjects = new ArrayList<>();
    for (JsonNode node : nodes) {
      subjects.add(
          new Subject(node.path("name").asText(), node.path("digest").path("sha256").asText()));
    }
    if (subjects.isEmpty()) {
      throw new CustodyException(what + ": it is about nothing");
    }
    return subjects;
  }

  private static List<Material> materials(String type, JsonNode predicate) {
    JsonNode nodes =
        type.equals(StatementSigner.PROVENANCE)
            ? predicate.path("buildDefinition").path("resolvedDependencies")
            : predicate.path("configuration");
    List<Material> materials = new ArrayList<>();
    for (JsonNode node : nodes) {
      materials.add(
          new Material(node.path("uri").asText(), node.path("digest").path("sha256").asText()));
    }
    return materials;
  }
}
