package dev.lockkeeper.attestation.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.FileSigner;
import dev.lockkeeper.attestation.KeyFiles;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.Signer;
import dev.lockkeeper.attestation.StatementSigner;
import dev.lockkeeper.attestation.StatementVerifier;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.monitoring.MonitoringClaim;
import dev.lockkeeper.formats.monitoring.MonitoringClaimFormat;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The frames around what is signed: in-toto statements in DSSE envelopes, and the bundle of OpenSSF
 * Model Signing. {@code NAME-v1.json} contains the signed bytes that today's writer gives; {@code
 * NAME-v1.dsse.json} is an envelope around them that a key signed which is gone. Neither is ever
 * edited. {@code test-result} is what was signed before the run was named, {@code test-result-run}
 * what is signed since.
 */
class StatementFramesTest {

  private static final RunContext RUN =
      new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", "5".repeat(64));
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final DecisionTerms TERMS =
      new DecisionTerms(
          "promote",
          "default",
          "tips@1",
          "run-1",
          "tips",
          "1",
          "taxi",
          "1".repeat(64),
          "2".repeat(64),
          "3".repeat(64),
          "4".repeat(32),
          NOW,
          NOW.plusSeconds(3_600));
  private static final Map<String, String> FILES =
      Map.of("features.json", "a".repeat(64), "model.onnx", "b".repeat(64));

  @TempDir Path folder;
  private Signer signer;

  @BeforeEach
  void makeKey() throws IOException {
    KeyFiles.generate(folder.resolve("key"), folder.resolve("key.pub"));
    signer = FileSigner.load(folder.resolve("key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"provenance", "test-result-run", "approval", "monitoring", "model-signature"})
  void writer_signsTheGoldenBytes(String frame) throws IOException {
    assertEquals(golden(frame + "-v1.json"), text(payload(signed(frame))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"provenance", "test-result", "approval", "monitoring", "model-signature"})
  void goldenEnvelope_containsTheGoldenBytes(String frame) throws IOException {
    byte[] envelope = bytes(golden(frame + "-v1.dsse.json"));

    assertEquals(golden(frame + "-v1.json"), text(payload(envelope)));
  }

  @Test
  void goldenProvenance_verifiesAndIsRead() throws IOException {
    VerifiedStatement read = verifyGolden("provenance", Role.TRAINING);

    assertEquals("https://slsa.dev/provenance/v1", read.predicateType());
    assertEquals(List.of(new Subject("model.onnx", "b".repeat(64))), read.subjects());
    assertEquals(
        List.of(new Material("lockkeeper://features/sha256/c", "c".repeat(64))), read.materials());
    assertEquals(7, read.predicate().at("/buildDefinition/externalParameters/seed").intValue());
    assertEquals(
        "tips@1/run-1", read.predicate().at("/runDetails/metadata/invocationId").textValue());
  }

  @Test
  void goldenTestResult_verifiesAndIsRead() throws IOException {
    VerifiedStatement read = verifyGolden("test-result", Role.VALIDATION);

    assertEquals("https://in-toto.io/attestation/test-result/v0.1", read.predicateType());
    assertTrue(read.passed());
    read.requireSubject("b".repeat(64), "model");
    read.requireMaterial("c".repeat(64), "hold-out");
  }

  @Test
  void goldenApproval_verifiesAndIsRead() throws IOException {
    var read =
        ApprovalStatement.open(
            bytes(golden("approval-v1.dsse.json")),
            "1".repeat(64),
            new StatementVerifier(goldenTrust(Role.APPROVAL)));

    assertEquals(ApprovalOutcome.EXPIRED, read.outcome());
    assertEquals(TERMS, read.terms());
    assertEquals(2, read.quorum());
  }

  @Test
  void goldenMonitoring_verifiesAndIsRead() throws IOException {
    VerifiedStatement read = verifyGolden("monitoring", Role.MONITORING);

    assertEquals(MonitoringClaimFormat.PREDICATE, read.predicateType());
    assertEquals(List.of(), read.materials());
    assertEquals(claim(), MonitoringClaimFormat.INSTANCE.read(read.predicate()));
  }

  @Test
  void goldenModelSignature_verifies() throws IOException {
    String root =
        ModelSigning.verify(
            bytes(golden("model-signature-v1.dsse.json")),
            FILES,
            KeyFiles.parsePublic(golden("signer.pub")));

    assertEquals(ModelSigning.root(new TreeMap<>(FILES).values()), root);
  }

  /** Signed by somebody who lays out JSON in another way, and knows fields that we do not. */
  @Test
  void otherLayoutAndMoreFields_areVerifiedOverTheirOwnBytes() throws IOException {
    ObjectNode statement = (ObjectNode) Json.mapper().readTree(golden("provenance-v1.json"));
    statement.put("addedLater", 1);
    ((ObjectNode) statement.path("subject").path(0)).put("uri", "file:model.onnx");
    byte[] pretty = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(statement);
    ObjectNode envelope =
        (ObjectNode) Json.mapper().readTree(Dsse.sign(Dsse.IN_TOTO, pretty, signer));
    envelope.put("addedLater", 1);

    VerifiedStatement read =
        new StatementVerifier(trust(Role.TRAINING, KeyFiles.publicPem(signer.publicKey())))
            .verify(Json.canonicalBytes(envelope), Role.TRAINING);

    assertEquals(List.of(new Subject("model.onnx", "b".repeat(64))), read.subjects());
  }

  /** The same values in other bytes are something that nobody signed. */
  @Test
  void sameStatementWrittenAnew_isRefused() throws IOException {
    ObjectNode envelope = (ObjectNode) Json.mapper().readTree(golden("provenance-v1.dsse.json"));
    String again = golden("provenance-v1.json").replace("\":\"", "\": \"");
    envelope.put("payload", Base64.getEncoder().encodeToString(bytes(again)));
    StatementVerifier verifier = new StatementVerifier(goldenTrust(Role.TRAINING));

    CustodyException refused =
        assertThrows(
            CustodyException.class,
            () -> verifier.verify(Json.canonicalBytes(envelope), Role.TRAINING));

    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.startsWith("training statement: the signature is not by the trusted key"), message);
  }

  @Test
  void statementAboutNothing_isRefused() throws IOException {
    ObjectNode statement = (ObjectNode) Json.mapper().readTree(golden("provenance-v1.json"));
    statement.remove("subject");
    byte[] envelope = Dsse.sign(Dsse.IN_TOTO, Json.canonicalBytes(statement), signer);
    StatementVerifier verifier =
        new StatementVerifier(trust(Role.TRAINING, KeyFiles.publicPem(signer.publicKey())));

    assertEquals(
        "training statement: it is about nothing",
        assertThrows(CustodyException.class, () -> verifier.verify(envelope, Role.TRAINING))
            .getMessage());
  }

  private byte[] signed(String frame) {
    Subject model = new Subject("model.onnx", "b".repeat(64));
    Material holdout = new Material("lockkeeper://features/sha256/c", "c".repeat(64));
    return switch (frame) {
      case "provenance" ->
          new StatementSigner(Role.TRAINING, signer)
              .provenance(
                  RUN,
                  List.of(model),
                  List.of(holdout),
                  Json.mapper().createObjectNode().put("trainer", "xgboost").put("seed", 7));
      case "test-result-run" ->
          new StatementSigner(Role.VALIDATION, signer)
              .testResult(
                  RUN, true, List.of(model), List.of(holdout), List.of("auc minimum"), List.of());
      case "approval" ->
          ApprovalStatement.sign(
              new StatementSigner(Role.APPROVAL, signer),
              ApprovalOutcome.EXPIRED,
              TERMS,
              2,
              List.of());
      case "monitoring" ->
          new StatementSigner(Role.MONITORING, signer)
              .sign(
                  MonitoringClaimFormat.PREDICATE,
                  List.of(new Subject("window.json", "d".repeat(64))),
                  MonitoringClaimFormat.INSTANCE.fields(claim()).json());
      default -> ModelSigning.sign("tips@1", new TreeMap<>(FILES), signer);
    };
  }

  private static MonitoringClaim claim() {
    return new MonitoringClaim(
        "taxi",
        "1".repeat(64),
        "2".repeat(64),
        "",
        "taxi/000000000000001-g-1.jsonl",
        NOW,
        NOW.plusSeconds(60),
        400,
        List.of("fare"));
  }

  private VerifiedStatement verifyGolden(String frame, Role role) throws IOException {
    return new StatementVerifier(goldenTrust(role))
        .verify(bytes(golden(frame + "-v1.dsse.json")), role);
  }

  private TrustStore goldenTrust(Role role) throws IOException {
    return trust(role, golden("signer.pub"));
  }

  private TrustStore trust(Role role, String publicKey) throws IOException {
    Path trust = Files.createDirectories(folder.resolve("trust"));
    Files.writeString(trust.resolve(role.label() + ".pub"), publicKey);
    return TrustStore.load(trust);
  }

  private static byte[] payload(byte[] envelope) throws IOException {
    JsonNode json = Json.mapper().readTree(envelope);
    JsonNode dsse = json.has("dsseEnvelope") ? json.path("dsseEnvelope") : json;
    return Base64.getDecoder().decode(dsse.path("payload").textValue());
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = StatementFramesTest.class.getResourceAsStream("/golden/" + name)) {
      assertNotNull(in, "no golden file " + name);
      return text(in.readAllBytes());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
