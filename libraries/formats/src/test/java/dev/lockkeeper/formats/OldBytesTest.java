package dev.lockkeeper.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.approval.DecisionAttemptFormat;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.formats.deployment.ServingManifestFormat;
import dev.lockkeeper.formats.features.ProgramDocumentFormat;
import dev.lockkeeper.formats.ingestion.ContractReportFormat;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.training.TrainingRecordFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes without a field that may be absent read; others are refused with their place. */
class OldBytesTest {

  @Test
  void inferenceRecordWithoutKeysAndExtensions_reads() throws IOException {
    InferenceRecord read =
        InferenceRecordFormat.INSTANCE.read(
            without(InferenceRecordFormat.INSTANCE, "entityKeys", "extensions"));
    assertEquals(Map.of(), read.entityKeys());
    assertEquals(Map.of(), read.extensions());
  }

  @Test
  void optionalFields_areNullWhereAbsent() throws IOException {
    assertNull(
        TrainingRecordFormat.INSTANCE
            .read(without(TrainingRecordFormat.INSTANCE, "resumedFrom"))
            .resumedFrom());
    assertNull(
        DecisionAttemptFormat.INSTANCE
            .read(without(DecisionAttemptFormat.INSTANCE, "decision"))
            .decision());
  }

  @Test
  void recordWithoutARevision_reads() throws IOException {
    ObjectNode record = tree(ModelRecordFormat.INSTANCE);
    ((ObjectNode) record.path("code")).remove("revision");
    assertNull(ModelRecordFormat.INSTANCE.read(Json.canonicalBytes(record)).code().revision());
  }

  @Test
  void reportWithoutTheWordForPeople_reads() throws IOException {
    assertFalse(
        ContractReportFormat.INSTANCE
            .read(without(ContractReportFormat.INSTANCE, "accepted"))
            .accepted());
  }

  @Test
  void countsWithoutCommonFailuresAndKeys_read() throws IOException {
    ObjectNode counts = tree(CanaryCountsFormat.INSTANCE);
    ((ObjectNode) counts.path("candidate")).remove(List.of("common", "byKey"));
    assertEquals(
        new ArmCounts(100, 1, 0),
        CanaryCountsFormat.INSTANCE.read(Json.canonicalBytes(counts)).candidate());
  }

  @Test
  void notJson_isRefused() {
    assertRefused(
        DecisionDocumentFormat.INSTANCE,
        "not",
        "decision document: not JSON: Unrecognized token 'not': was expecting (JSON String,"
            + " Number, Array, Object or token 'null', 'true' or 'false')");
  }

  @Test
  void fieldTwice_isRefused() {
    assertRefused(
        DecisionDocumentFormat.INSTANCE,
        "{\"format\":1,\"format\":1}",
        "decision document: not JSON: Duplicate field 'format' for `ObjectNode`: not allowed when"
            + " `DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY` enabled");
  }

  @Test
  void withoutANumber_isRefused() {
    assertRefused(
        ProgramDocumentFormat.INSTANCE, "{}", "feature program: field 'format' is missing");
  }

  @Test
  void otherKind_isRefusedWithItsPlace() throws IOException {
    ObjectNode manifest = tree(ServingManifestFormat.INSTANCE);
    ((ObjectNode) manifest.path("arms").path(1)).put("percent", "25");
    assertRefused(
        ServingManifestFormat.INSTANCE,
        Json.text(manifest),
        "serving manifest: field 'arms[1].percent': expected a number, found \"25\"");
  }

  @Test
  void unknownArm_isRefused() throws IOException {
    ObjectNode manifest = tree(ServingManifestFormat.INSTANCE);
    ((ObjectNode) manifest.path("arms").path(1)).put("role", "MIRROR");
    assertRefused(
        ServingManifestFormat.INSTANCE,
        Json.text(manifest),
        "serving manifest: field 'arms[1].role': expected one of [STABLE, CANDIDATE, SHADOW],"
            + " found 'MIRROR'");
  }

  @Test
  void sharesThatDoNotAddUp_areRefused() throws IOException {
    ObjectNode manifest = tree(ServingManifestFormat.INSTANCE);
    ((ObjectNode) manifest.path("arms").path(1)).put("percent", 30);
    assertRefused(
        ServingManifestFormat.INSTANCE,
        Json.text(manifest),
        "serving manifest: arms: the shares of those that answer add up to 105 %; expected 100");
  }

  @Test
  void recordWithABadCount_isRefusedWithItsPlace() throws IOException {
    ObjectNode record = tree(ModelRecordFormat.INSTANCE);
    ((ObjectNode) record.path("rows")).put("read", "many");
    assertRefused(
        ModelRecordFormat.INSTANCE,
        Json.text(record),
        "model record: field 'rows.read': expected an integer, found \"many\"");
  }

  @Test
  void phaseWithoutAnEnd_isRefusedWithItsPlace() throws IOException {
    ObjectNode record = tree(TrainingRecordFormat.INSTANCE);
    ((ObjectNode) record.path("phases").path(0)).remove("endMicros");
    assertRefused(
        TrainingRecordFormat.INSTANCE,
        Json.text(record),
        "training record: field 'phases[0].endMicros' is missing");
  }

  @Test
  void breachWithoutARule_isRefusedWithItsPlace() throws IOException {
    ObjectNode report = tree(ContractReportFormat.INSTANCE);
    ((ObjectNode) report.path("breaches").path(0)).remove("rule");
    assertRefused(
        ContractReportFormat.INSTANCE,
        Json.text(report),
        "contract report: field 'breaches[0].rule' is missing");
  }

  @Test
  void attemptWithAnUnknownDecision_isRefusedWithItsPlace() throws IOException {
    ObjectNode attempt = tree(DecisionAttemptFormat.INSTANCE);
    ((ObjectNode) attempt.path("decision")).put("decision", "DEFER");
    assertRefused(
        DecisionAttemptFormat.INSTANCE,
        Json.text(attempt),
        "decision attempt: field 'decision.decision': expected one of [APPROVE, REJECT],"
            + " found 'DEFER'");
  }

  @Test
  void countsWithAFraction_areRefusedWithTheirPlace() throws IOException {
    ObjectNode counts = tree(CanaryCountsFormat.INSTANCE);
    ((ObjectNode) counts.path("stable")).put("errors", 0.5);
    assertRefused(
        CanaryCountsFormat.INSTANCE,
        Json.text(counts),
        "canary counts: field 'stable.errors': expected an integer, found 0.5");
  }

  private static <T> ObjectNode tree(Format<T> format) throws IOException {
    @SuppressWarnings("unchecked") // the examples are put under their own format
    T value = (T) FormatExamples.all().get(format);
    return (ObjectNode) Json.mapper().readTree(format.write(value));
  }

  private static byte[] without(Format<?> format, String... fields) throws IOException {
    ObjectNode tree = tree(format);
    for (String field : fields) {
      tree.remove(field);
    }
    return Json.canonicalBytes(tree);
  }

  private static void assertRefused(Format<?> format, String json, String message) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        message, assertThrows(FormatException.class, () -> format.read(bytes)).getMessage());
  }
}
