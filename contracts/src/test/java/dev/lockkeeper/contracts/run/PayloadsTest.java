package dev.lockkeeper.contracts.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.deployment.CanaryStatus;
import dev.lockkeeper.contracts.features.BuildFeaturesInput;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import dev.lockkeeper.formats.run.RunContext;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The unions of the contracts as payloads: today's, yesterday's and tomorrow's. */
class PayloadsTest {

  private static final DataConverter CONVERTER = Payloads.converter();

  private static final ArtifactRef REF =
      new ArtifactRef(Zone.EVIDENCE, "1".repeat(64), 12, "application/json");
  private static final Evidence EVIDENCE = new Evidence(REF, 1, 5);
  private static final AcceptedDecision DECISION =
      new AcceptedDecision(
          "alice",
          "SHA256:alice",
          DecisionKind.APPROVE,
          "",
          new SignedDecision("document", "signature", ""));
  private static final Deployment DEPLOYMENT =
      new Deployment(new ServingState("tips", 3, null, null, 0), 0.5, EVIDENCE);
  private static final ContractBreach BREACH =
      new ContractBreach("fare", "minimum", "at least 0", 1, 100, List.of("line 7: -1"));
  private static final DriftAlert ALERT =
      new DriftAlert("fare", "psi", 0.5, 0.03, 0.25, 400, "fare moved");

  private static final Dataset.Accepted ACCEPTED =
      new Dataset.Accepted(REF, REF, 100, REF, EVIDENCE);

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(
            DecisionReceipt.class,
            "\"kind\":\"accepted\"",
            new DecisionReceipt.Accepted(DECISION, "counts")),
        Arguments.of(
            DecisionReceipt.class, "\"kind\":\"refused\"", new DecisionReceipt.Refused("expired")),
        Arguments.of(
            DecisionReceipt.class, "\"kind\":\"sent\"", new DecisionReceipt.Sent("by signal")),
        Arguments.of(
            CanaryResult.class,
            "\"verdict\":\"PROMOTED\"",
            new CanaryResult.Promoted("serves", DEPLOYMENT)),
        Arguments.of(
            CanaryResult.class,
            "\"verdict\":\"ROLLED_BACK\"",
            new CanaryResult.RolledBack("harm", DEPLOYMENT, new RollbackSummary("harm", 40, 1.5))),
        Arguments.of(Dataset.class, "\"kind\":\"accepted\"", ACCEPTED),
        Arguments.of(
            Dataset.class,
            "\"kind\":\"refused\"",
            new Dataset.Refused(REF, 100, List.of(BREACH), REF, EVIDENCE)),
        Arguments.of(
            WindowComparison.class,
            "\"kind\":\"compared\"",
            new WindowComparison.Compared("c", 400, List.of(ALERT), REF, EVIDENCE)),
        Arguments.of(
            WindowComparison.class,
            "\"kind\":\"too-few-rows\"",
            new WindowComparison.TooFewRows("c")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T> void kind_isWrittenOnceAndRead(Class<T> union, String discriminator, T value) {
    String json = json(value);

    assertEquals(2, json.split(discriminator, -1).length, json);
    assertEquals(value, read(json, union));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T> void fieldAddedLater_isIgnored(Class<T> union, String discriminator, T value) {
    String later = "{\"later\":{\"kind\":\"new\"}," + json(value).substring(1);

    assertEquals(value, read(later, union));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T> void kindAddedLater_isRefused(Class<T> union, String discriminator, T value) {
    String name = discriminator.substring(0, discriminator.indexOf(':'));
    String later = json(value).replace(discriminator, name + ":\"postponed\"");

    DataConverterException refused =
        assertThrows(DataConverterException.class, () -> read(later, union));

    assertTrue(refused.getMessage().contains("postponed"), refused.getMessage());
  }

  /** As the committed histories have them: no kind, and null for each part that is not there. */
  static Stream<Arguments> recorded() {
    String ref = json(REF);
    String evidence = json(EVIDENCE);
    return Stream.of(
        Arguments.of(
            "{'decision':" + json(DECISION) + ",'message':'counts'}",
            new DecisionReceipt.Accepted(DECISION, "counts")),
        Arguments.of(
            "{'decision':null,'message':'expired'}", new DecisionReceipt.Refused("expired")),
        Arguments.of(
            "{'verdict':'PROMOTED','message':'serves','deployment':"
                + json(DEPLOYMENT)
                + ",'rollback':null}",
            new CanaryResult.Promoted("serves", DEPLOYMENT)),
        Arguments.of(
            "{'raw':%s,'processed':%s,'rows':100,'breaches':[],'report':%s,'evidence':%s}"
                .formatted(ref, ref, ref, evidence),
            ACCEPTED),
        Arguments.of(
            "{'raw':%s,'processed':null,'rows':100,'breaches':[%s],'report':%s,'evidence':%s}"
                .formatted(ref, json(BREACH), ref, evidence),
            new Dataset.Refused(REF, 100, List.of(BREACH), REF, EVIDENCE)),
        Arguments.of(
            "{'cursor':'c','rows':400,'alerts':[%s],'report':%s,'evidence':%s}"
                .formatted(json(ALERT), ref, evidence),
            new WindowComparison.Compared("c", 400, List.of(ALERT), REF, EVIDENCE)),
        Arguments.of(
            "{'cursor':'c','rows':0,'alerts':[],'report':null,'evidence':null}",
            new WindowComparison.TooFewRows("c")));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void formBeforeThereWereKinds_isRead(String json, Object value) {
    Class<?> union = value.getClass().getInterfaces()[0];

    assertEquals(value, read(json.replace('\'', '"'), union));
  }

  @Test
  void kindAsPartOfAnInput_isWrittenAndRead() {
    BuildFeaturesInput input =
        new BuildFeaturesInput(
            new RunContext("tips@1", "r", "default", "tips", "1", "ann", "d"),
            ACCEPTED,
            new DataContract("trips", "1", "trips", "0".repeat(64), List.of(), List.of()),
            new FeatureSetSpecification(
                "1", null, List.of(), new LabelSpecification("tipped", "tips > 0")),
            new SplitSpecification(0.2, null, 1));

    assertEquals(input, read(json(input), BuildFeaturesInput.class));
  }

  @Test
  void temporalsOwnReader_wouldRefuseAFieldAddedLater() {
    Payload later = payload("{\"later\":1,\"percent\":5,\"step\":1,\"steps\":2,\"look\":null}");
    Class<?> type = CanaryStatus.class;
    DataConverter own = DefaultDataConverter.newDefaultInstance();

    assertThrows(DataConverterException.class, () -> own.fromPayload(later, type, type));
    assertEquals(new CanaryStatus(5, 1, 2, null, null), CONVERTER.fromPayload(later, type, type));
  }

  @Test
  void wholeShareOfAnOlderVersion_andAFraction_areRead() {
    String older = "{\"percent\":5,\"minimumRequests\":1,\"bake\":\"PT0S\"}";
    assertEquals(new CanaryStep(5, 1, Duration.ZERO), read(older, CanaryStep.class));
    CanaryStep fraction = new CanaryStep(0.1, 1, Duration.ZERO);
    assertEquals(fraction, read(json(fraction), CanaryStep.class));
  }

  private static String json(Object value) {
    return CONVERTER.toPayload(value).orElseThrow().getData().toStringUtf8();
  }

  private static <T> T read(String json, Class<T> type) {
    return CONVERTER.fromPayload(payload(json), type, type);
  }

  private static Payload payload(String json) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8(json))
        .build();
  }
}
