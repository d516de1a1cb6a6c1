package dev.lockkeeper.attestation.release;

import static dev.lockkeeper.attestation.release.SignedRelease.ENDPOINT;
import static dev.lockkeeper.attestation.release.SignedRelease.MODEL;
import static dev.lockkeeper.attestation.release.SignedRelease.PROGRAM;
import static dev.lockkeeper.attestation.release.SignedRelease.bytes;
import static dev.lockkeeper.attestation.release.SignedRelease.contract;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseVerifierTest {

  @TempDir Path folder;
  private SignedRelease release;

  @BeforeEach
  void make() throws IOException {
    release = new SignedRelease(folder);
  }

  @Test
  void goodRelease_isVerifiedCheckByCheck() throws IOException {
    VerifiedRelease verified = release.verifier().verify(release.approvedBy("bo"), ENDPOINT);
    assertArrayEquals(MODEL, verified.verifiedPackage().model().bytes());
    assertArrayEquals(PROGRAM, verified.verifiedPackage().featureProgram());
    assertEquals(7, verified.checks().size());
    assertEquals(
        "approved for endpoint 'tips' by bo (1 needed), not by ada who started the run",
        verified.checks().get(6));
  }

  @Test
  void packageSignedByAnotherRole_isRefused() throws IOException {
    release.registryKey = Role.TRAINING;
    assertRefused("model signature: the signature is not by the trusted key");
  }

  @Test
  void swappedFile_isRefused() throws IOException {
    ModelPackage good = release.pack();
    release.files.put("model.onnx", bytes("other"));
    ModelPackage other = release.pack();
    assertRefused(with(good, other.files()), "model signature: file 'model.onnx' was changed");
  }

  @Test
  void fileThatIsGone_isNamed() throws IOException {
    ModelPackage good = release.pack();
    PackageFile gone = good.files().get(0);
    Files.delete(folder.resolve("state/store/models/sha256").resolve(gone.artifact().sha256()));
    StoreException refused =
        assertThrows(StoreException.class, () -> release.verifier().verify(good));
    assertTrue(
        refused.getMessage().startsWith("the package's file 'baseline.json': lockkeeper://models/"),
        refused.getMessage());
  }

  @Test
  void missingFile_isRefused() throws IOException {
    ModelPackage good = release.pack();
    List<PackageFile> fewer = new ArrayList<>(good.files());
    fewer.removeIf(file -> file.name().equals("record.json"));
    assertRefused(with(good, fewer), "file 'record.json' is signed and missing");
  }

  @Test
  void fileListedTwice_isRefused() throws IOException {
    ModelPackage good = release.pack();
    List<PackageFile> more = new ArrayList<>(good.files());
    more.add(good.files().get(0));
    assertRefused(with(good, more), "package tips@1 lists file 'baseline.json' twice");
  }

  @Test
  void otherRoot_isRefused() throws IOException {
    ModelPackage good = release.pack();
    ModelPackage other =
        new ModelPackage(
            "tips", "1", "0".repeat(64), good.files(), good.signature(), good.evidence());
    assertRefused(other, "package tips@1 names root " + "0".repeat(64) + ", the registry signed ");
  }

  @Test
  void otherFeatureProgramThanTheContract_isRefused() throws IOException {
    release.files.put(
        "serving-contract.json", contract(Digests.sha256("v3"), Digests.sha256(MODEL)));
    assertRefused("the serving contract pins another feature program");
  }

  @Test
  void otherModelThanTheContract_isRefused() throws IOException {
    release.files.put(
        "serving-contract.json", contract(Digests.sha256(PROGRAM), Digests.sha256("v3")));
    assertRefused("the serving contract pins another model file");
  }

  @Test
  void modelThatIsAProgram_isRefused() throws IOException {
    byte[] pickle = {(byte) 0x80, 4, 0};
    release.files.put("model.onnx", pickle);
    release.files.put(
        "serving-contract.json", contract(Digests.sha256(PROGRAM), Digests.sha256(pickle)));
    assertRefused("model file refused: it is a Python pickle");
  }

  @Test
  void trainingStatementByAnotherKey_isRefused() throws IOException {
    release.files.put(
        "training.dsse.json",
        release.stage(
            Role.VALIDATION, SignedRelease.of("model"), SignedRelease.of("table", "program")));
    assertRefused("training statement: the signature is not by the trusted key");
  }

  @Test
  void featuresOfOtherData_areRefused() throws IOException {
    release.files.put(
        "features.dsse.json",
        release.stage(
            Role.FEATURES,
            SignedRelease.of("table", "holdout", "program"),
            SignedRelease.of("elsewhere")));
    assertRefused("the features statement took in no data set of the ingestion statement");
  }

  @Test
  void trainingOnAnotherTable_isRefused() throws IOException {
    release.files.put(
        "training.dsse.json",
        release.stage(
            Role.TRAINING, SignedRelease.of("model"), SignedRelease.of("poisoned", "program")));
    assertRefused("the training statement took in no feature table of the features statement");
  }

  @Test
  void trainingOfAnotherModel_isRefused() throws IOException {
    release.files.put(
        "training.dsse.json",
        release.stage(
            Role.TRAINING, SignedRelease.of("other"), SignedRelease.of("table", "program")));
    assertRefused("the training statement is not about model file");
  }

  @Test
  void gatesOfAnotherModel_areRefused() throws IOException {
    release.files.put("gate.dsse.json", release.gate(true, "other", "evaluation", "baseline"));
    assertRefused("the validation statement is not about model file");
  }

  @Test
  void statementInTheNameOfAnotherStage_isRefused() throws IOException {
    release.files.put(
        "training.dsse.json",
        release.stage(
            Role.FEATURES,
            Role.TRAINING,
            SignedRelease.of("model"),
            SignedRelease.of("table", "program")));
    assertRefused("its builder is 'https://lockkeeper.dev/role/features', which this key may not");
  }

  @Test
  void trainingOnAnotherProgram_isRefused() throws IOException {
    release.files.put(
        "training.dsse.json",
        release.stage(
            Role.TRAINING, SignedRelease.of("model"), SignedRelease.of("table", "other")));
    assertRefused("the training statement did not take in feature program");
  }

  @Test
  void programThatFeaturesDidNotMake_isRefused() throws IOException {
    release.files.put(
        "features.dsse.json",
        release.stage(
            Role.FEATURES, SignedRelease.of("table", "holdout"), SignedRelease.of("rows")));
    assertRefused("the features statement is not about feature program");
  }

  @Test
  void gatesOnOtherRows_areRefused() throws IOException {
    release.gateMaterials = SignedRelease.of("elsewhere", "program");
    release.files.put("gate.dsse.json", release.gate(true, "model", "evaluation", "baseline"));
    assertRefused("the validation statement took in no hold-out of the features statement");
  }

  @Test
  void gatesOnAnotherProgram_areRefused() throws IOException {
    release.gateMaterials = SignedRelease.of("holdout", "other");
    release.files.put("gate.dsse.json", release.gate(true, "model", "evaluation", "baseline"));
    assertRefused("the validation statement did not take in feature program");
  }

  @Test
  void swappedEvaluation_isRefused() throws IOException {
    release.files.put("evaluation.json", bytes("better"));
    assertRefused("the validation statement is not about evaluation");
  }

  @Test
  void swappedBaseline_isRefused() throws IOException {
    release.files.put("baseline.json", bytes("milder"));
    assertRefused("the validation statement is not about baseline");
  }

  @Test
  void failedGates_areRefused() throws IOException {
    release.files.put("gate.dsse.json", release.gate(false, "model", "evaluation", "baseline"));
    assertRefused("the gates did not let the model pass");
  }

  @Test
  void approvalByAnotherRole_isRefused() throws IOException {
    release.approvalKey = Role.REGISTRY;
    assertRefused(
        release.approvedBy("bo"), "approval statement: the signature is not by the trusted key");
  }

  @Test
  void rejection_isRefused() throws IOException {
    release.outcome = ApprovalOutcome.REJECTED;
    assertRefused(release.approvedBy("bo"), "it was not approved: REJECTED");
  }

  @Test
  void approvalForAnotherEndpoint_isRefused() throws IOException {
    release.target = "fraud";
    assertRefused(release.approvedBy("bo"), "the approval is for endpoint 'fraud'");
  }

  @Test
  void approvalOfAnotherPackage_isRefused() throws IOException {
    Release old = release.approvedBy("bo");
    release.files.put("record.json", SignedRelease.record("bo"));
    assertRefused(
        new Release(release.pack(), old.approvalEnvelope()),
        "the approval statement is not about package root");
  }

  @Test
  void recordThatDoesNotSayWhoStartedTheRun_isRefused() throws IOException {
    release.files.put("record.json", bytes("{\"format\":1,\"run\":{\"runId\":\"tips@1\"}}"));
    assertRefused(release.approvedBy("bo"), "model record: field 'run.workflowRunId' is missing");
  }

  @Test
  void approvalOfOtherGateResults_isRefused() throws IOException {
    release.approvedGates = "0".repeat(64);
    assertRefused(release.approvedBy("bo"), "the approval is for other gate results");
  }

  @Test
  void loweredQuorum_isRefused() throws IOException {
    release.quorum = 2;
    Release two = release.approvedBy("bo");
    assertRefused(
        new Release(two.modelPackage(), edited(two, "\"quorum\":2", "\"quorum\":1")),
        "approval statement: the signature is not by the trusted key");
  }

  @Test
  void tooFewApprovals_areRefused() throws IOException {
    release.quorum = 2;
    assertRefused(release.approvedBy("bo"), "1 approved, 2 must");
  }

  @Test
  void sameApproverTwice_isRefused() throws IOException {
    release.quorum = 2;
    assertRefused(release.approvedBy("bo", "bo"), "'bo' has decided already");
  }

  @Test
  void selfApproval_isRefused() throws IOException {
    assertRefused(release.approvedBy("ada"), "'ada' started the run and may not decide on it");
  }

  @Test
  void approvalWithAForeignKey_isRefused() throws IOException {
    release.enrol("bo", "cy");
    assertRefused(release.approvedBy("bo"), "is not enrolled for 'bo'");
  }

  @Test
  void decisionThatWasChanged_isRefused() throws IOException {
    release.forgery = document -> document.replace("\"version\":\"1\"", "\"version\":\"2\"");
    assertRefused(release.approvedBy("bo"), "SSH signature: it does not verify");
  }

  @Test
  void revokedApprover_isRefusedAgain() throws IOException {
    Release good = release.approvedBy("bo");
    release.verifier().verify(good, ENDPOINT);
    release.revoke("bo");
    assertRefused(good, "is not enrolled for 'bo'");
  }

  @Test
  void verifiedRelease_coversItselfUnderTheSameTrustAlone() throws IOException {
    Release good = release.approvedBy("bo");
    ReleaseVerifier verifier = release.verifier();
    VerifiedRelease verified = verifier.verify(good, ENDPOINT);
    Release copy = new Release(good.modelPackage(), good.approvalEnvelope());
    assertTrue(verified.covers(copy, ENDPOINT, verifier.trust().reload()));
    assertFalse(
        verified.covers(
            release.approved(good.modelPackage(), "bo", "cy"), ENDPOINT, verifier.trust()));
    assertFalse(verified.covers(good, "other", verifier.trust()));
    release.revoke("cy");
    assertFalse(verified.covers(good, ENDPOINT, verifier.trust().reload()));
  }

  @Test
  void unknownFieldOfTheApproval_isRefusedWhoeverSignedIt() throws IOException {
    Release good = release.approvedBy("bo");
    byte[] predicate = signed(edited(good, "\"quorum\":", "\"butNotFor\":\"tips\",\"quorum\":"));
    assertRefused(
        new Release(good.modelPackage(), new String(predicate, StandardCharsets.UTF_8)),
        "approval statement: approval predicate: field 'butNotFor' is not known here");
  }

  /** The approval with another payload under the old signature. */
  private static String edited(Release release, String from, String to) throws IOException {
    ObjectNode envelope = (ObjectNode) Json.mapper().readTree(release.approvalEnvelope());
    String payload =
        new String(
            Base64.getDecoder().decode(envelope.path("payload").asText()), StandardCharsets.UTF_8);
    byte[] changed = payload.replace(from, to).getBytes(StandardCharsets.UTF_8);
    return Json.text(envelope.put("payload", Base64.getEncoder().encodeToString(changed)));
  }

  /** The payload of an envelope, signed by the approval role. */
  private byte[] signed(String envelope) throws IOException {
    JsonNode json = Json.mapper().readTree(envelope);
    byte[] payload = Base64.getDecoder().decode(json.path("payload").asText());
    return Dsse.sign(Dsse.IN_TOTO, payload, release.signer(Role.APPROVAL).signer());
  }

  private static ModelPackage with(ModelPackage original, List<PackageFile> files) {
    return new ModelPackage(
        original.model(),
        original.version(),
        original.rootDigest(),
        files,
        original.signature(),
        original.evidence());
  }

  private void assertRefused(String reason) throws IOException {
    assertRefused(release.pack(), reason);
  }

  private void assertRefused(ModelPackage modelPackage, String reason) throws IOException {
    ReleaseVerifier verifier = release.verifier();
    assertMessage(
        reason, assertThrows(CustodyException.class, () -> verifier.verify(modelPackage)));
  }

  private void assertRefused(Release made, String reason) throws IOException {
    ReleaseVerifier verifier = release.verifier();
    assertMessage(
        reason, assertThrows(CustodyException.class, () -> verifier.verify(made, ENDPOINT)));
  }

  private static void assertMessage(String reason, CustodyException refused) {
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }
}
