package dev.lockkeeper.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import java.util.List;

/**
 * Signs a role's statements: in-toto Statement v1 in DSSE.
 *
 * @param role whose key it is
 * @param signer the key
 */
public record StatementSigner(Role role, Signer signer) {

  public static final String PROVENANCE = "https://slsa.dev/provenance/v1";
  public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";
  public static final String STATEMENT = "https://in-toto.io/Statement/v1";
  static final String PASSED = "PASSED";
  static final String RUN = "https://lockkeeper.dev/run/";
  private static final String FAILED = "FAILED";

  /** A SLSA provenance statement: {@code parameters} become the external parameters. */
  public byte[] provenance(
      RunContext run, List<Subject> subjects, List<Material> materials, JsonNode parameters) {
    ObjectNode predicate = Json.mapper().createObjectNode();
    ObjectNode definition = predicate.putObject("buildDefinition");
    definition.put("buildType", "https://lockkeeper.dev/stage/" + role.label() + "/v1");
    definition.set("externalParameters", parameters);
    definition.putObject("internalParameters");
    definition.set("resolvedDependencies", materials(materials));
    ObjectNode details = predicate.putObject("runDetails");
    details.putObject("builder").put("id", builder(role));
    details.putObject("metadata").put("invocationId", invocation(run));
    return sign(PROVENANCE, subjects, predicate);
  }

  private static String invocation(RunContext run) {
    return run.runId() + "/" + run.workflowRunId();
  }

  /** Who made it, in the form of SLSA's builder id. */
  static String builder(Role role) {
    return "https://lockkeeper.dev/role/" + role.label();
  }

  /**
   * A test-result statement: {@code result} PASSED or FAILED, what was tested with, every gate's
   * name, and the run as its {@code url}.
   */
  public byte[] testResult(
      RunContext run,
      boolean passed,
      List<Subject> subjects,
      List<Material> configuration,
      List<String> passedTests,
      List<String> failedTests) {
    ObjectNode predicate = Json.mapper().createObjectNode();
    predicate.put("result", passed ? PASSED : FAILED);
    predicate.set("configuration", materials(configuration));
    passedTests.forEach(predicate.putArray("passedTests")::add);
    predicate.putArray("warnedTests");
    failedTests.forEach(predicate.putArray("failedTests")::add);
    predicate.put("url", RUN + invocation(run));
    return sign(TEST_RESULT, subjects, predicate);
  }

  /** A statement with any predicate. */
  public byte[] sign(String predicateType, List<Subject> subjects, JsonNode predicate) {
    ObjectNode statement = Json.mapper().createObjectNode();
    statement.put("_type", STATEMENT);
    ArrayNode list = statement.putArray("subject");
    for (Subject subject : subjects) {
      ObjectNode node = list.addObject();
      node.put("name", subject.name());
      node.putObject("digest").put("sha256", subject.sha256());
    }
    statement.put("predicateType", predicateType);
    statement.set("predicate", predicate);
    return Dsse.sign(Dsse.IN_TOTO, Json.canonicalBytes(statement), signer);
  }

  private static ArrayNode materials(List<Material> materials) {
    ArrayNode list = Json.mapper().createArrayNode();
    for (Material material : materials) {
      ObjectNode node = list.addObject();
      node.put("uri", material.uri());
      node.putObject("digest").put("sha256", material.sha256());
    }
    return list;
  }
}
