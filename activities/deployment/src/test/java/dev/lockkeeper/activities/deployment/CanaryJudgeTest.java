package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.KeyCounts;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge's looks at the counts of a gateway, which this test writes. */
class CanaryJudgeTest {

  /** What the gateway answers, by query; the empty one is the manifest in force. */
  private final Map<String, CanaryCounts> counted = new HashMap<>();

  /** What the gateway answers instead of counts; null for counts. */
  private @Nullable String other;

  private HttpServer gateway;
  private CanaryJudge judge;

  @BeforeEach
  void start() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/lockkeeper/v1/endpoints/tips/counts",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          CanaryCounts counts = counted.get(query == null ? "" : query);
          String instead = other;
          if (instead != null) {
            exchange.sendResponseHeaders(200, instead.length());
            exchange.getResponseBody().write(instead.getBytes(StandardCharsets.UTF_8));
            exchange.close();
            return;
          }
          byte[] body =
              counts == null ? new byte[] {'{', '}'} : CanaryCountsFormat.INSTANCE.write(counts);
          exchange.sendResponseHeaders(counts == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    gateway.start();
    URI address = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    judge = new CanaryJudge(Gateways.open(List.of(address)));
  }

  @AfterEach
  void stop() {
    gateway.stop(0);
  }

  @Test
  void failuresOfTheCandidateAlone_areHarm() {
    counted.put("", counts("a", 1, 20, new ArmCounts(80, 0, 0), new ArmCounts(20, 2, 4)));

    CanaryLook look = look(null);

    assertTrue(look.harm(), look.message());
    assertTrue(look.message().startsWith("harm shown at 20 %: candidate 6 of 20"), look.message());
  }

  @Test
  void failuresInBothArms_areNoHarm() {
    counted.put("", counts("a", 1, 20, new ArmCounts(80, 12, 12), new ArmCounts(20, 3, 3)));

    CanaryLook look = look(null);

    assertFalse(look.harm(), look.message());
  }

  @Test
  void secondLook_countsWhatIsNewOnly() {
    counted.put("", counts("a", 1, 20, new ArmCounts(80, 0, 0), new ArmCounts(20, 1, 0)));
    CanaryLook first = look(null);
    counted.put("", counts("a", 1, 20, new ArmCounts(160, 0, 0), new ArmCounts(40, 2, 0)));

    CanaryLook second = look(first.evidence());

    assertEquals(40, second.evidence().candidateRequests());
    assertEquals(2, second.evidence().candidateHarms());
    assertEquals(look(null).eValue(), second.eValue(), 1e-9);
  }

  @Test
  void nextStep_takesTheRestOfTheOneBefore() {
    counted.put("", counts("a", 1, 10, new ArmCounts(90, 0, 0), new ArmCounts(10, 0, 0)));
    CanaryLook first = look(null);
    counted.put("sequence=1", counts("a", 1, 10, new ArmCounts(99, 0, 0), new ArmCounts(15, 4, 0)));
    counted.put("", counts("a", 2, 50, new ArmCounts(5, 0, 0), new ArmCounts(5, 0, 0)));

    CanaryEvidence evidence = look(first.evidence()).evidence();

    assertEquals(20, evidence.candidateRequests());
    assertEquals(4, evidence.candidateHarms());
  }

  @Test
  void requestsOfOneArm_areJudgedOnceTheOtherHasSome() {
    counted.put("", counts("a", 1, 10, new ArmCounts(0, 0, 0), new ArmCounts(2, 2, 0)));
    CanaryLook first = look(null);
    counted.put("", counts("a", 1, 10, new ArmCounts(18, 0, 0), new ArmCounts(2, 2, 0)));

    CanaryLook second = look(first.evidence());

    assertEquals(1, first.eValue(), 1e-12);
    assertEquals(2, second.evidence().candidateHarms());
    assertEquals(18, second.evidence().stableRequests());
    assertTrue(second.eValue() > 4, second.message());
    assertEquals(second.eValue(), look(second.evidence()).eValue(), "nothing is counted twice");
  }

  @Test
  void restartedGateway_beginsAnewAndKeepsTheEvidence() {
    counted.put("", counts("a", 1, 20, new ArmCounts(80, 0, 0), new ArmCounts(20, 3, 0)));
    CanaryLook first = look(null);
    counted.put("", counts("b", 1, 20, new ArmCounts(8, 0, 0), new ArmCounts(2, 1, 0)));

    CanaryEvidence evidence = look(first.evidence()).evidence();

    assertEquals(22, evidence.candidateRequests());
    assertEquals(4, evidence.candidateHarms());
  }

  @Test
  void oneKeyThatFailsAgainAndAgain_isOneEvent() {
    counted.put("", counts("a", 1, 20, keyed(80, 0, 40, 0), keyed(20, 5, 10, 1)));
    CanaryLook first = look(null);
    counted.put("", counts("a", 1, 20, keyed(160, 0, 60, 0), keyed(40, 15, 14, 1)));

    CanaryLook second = look(first.evidence());

    assertEquals(1, second.evidence().keys().candidateFailed());
    assertFalse(second.harm(), second.message());
    assertTrue(second.message().contains("first failures of 1 keys and of 0"), second.message());
  }

  @Test
  void requests_areEventsWhereThePipelineSaysSo() {
    counted.put("", counts("a", 1, 20, keyed(160, 0, 60, 0), keyed(40, 15, 14, 1)));

    CanaryLook look =
        judge.look(new JudgeCanaryInput("tips", 0.05, null, HarmUnit.REQUEST, null, null));

    assertTrue(look.harm(), look.message());
  }

  @Test
  void candidateThatAnswersNothing_isHarmWithTwoKeys() {
    counted.put("", counts("a", 1, 10, keyed(180, 0, 18, 0), keyed(20, 20, 2, 2)));

    CanaryLook look = look(null);

    assertTrue(look.harm(), look.message());
  }

  @Test
  void declaredMargin_isFoundToBeMetOrNot() {
    counted.put("", counts("a", 1, 50, keyed(4_000, 0, 4_000, 0), keyed(4_000, 0, 4_000, 0)));
    CanaryLook met = judge.look(new JudgeCanaryInput("tips", 0.05, null, null, 0.005, null));
    CanaryLook unmet = judge.look(new JudgeCanaryInput("tips", 0.05, null, null, 0.001, null));

    assertTrue(met.margin().inside(), met.message());
    assertFalse(unmet.margin().inside(), unmet.message());
    assertTrue(met.message().contains("; at most 0.21 % more than stable"), met.message());
    assertNull(look(null).margin(), "none is declared");
  }

  @Test
  void splitThatIsNotAsked_isSaid() {
    counted.put("", counts("a", 1, 10, keyed(3_200, 0, 3_200, 0), keyed(800, 0, 800, 0)));

    CanaryLook look = look(null);

    assertTrue(look.sampleRatio() > SampleRatio.WRONG, look.message());
    assertTrue(
        look.message()
            .endsWith("; the candidate has 20.00 % of 4000 keys, not 10 %: the split is wrong"),
        look.message());
  }

  @Test
  void splitBelowAPercent_isHeldAgainstTheExactShare() {
    counted.put("", counts("a", 1, 0.5, keyed(19_900, 0, 19_900, 0), keyed(100, 0, 100, 0)));
    CanaryLook asked = look(null);
    counted.put("", counts("a", 1, 0.5, keyed(19_800, 0, 19_800, 0), keyed(200, 0, 200, 0)));
    CanaryLook wrong = look(null);

    assertTrue(asked.sampleRatio() < 1, asked.message());
    assertTrue(asked.message().startsWith("no harm shown at 0.5 %: "), asked.message());
    assertTrue(wrong.sampleRatio() > SampleRatio.WRONG, wrong.message());
    assertTrue(
        wrong.message().endsWith("1.00 % of 20000 keys, not 0.5 %: the split is wrong"),
        wrong.message());
  }

  @Test
  void evidenceOfAVersionWithFewerRatios_isKept() {
    counted.put("", counts("a", 1, 20, new ArmCounts(80, 0, 0), new ArmCounts(20, 1, 0)));
    CanaryEvidence today = look(null).evidence();
    CanaryEvidence before =
        new CanaryEvidence(today.judged(), 20, 1, 80, 0, today.logWealth().subList(0, 6), null);

    CanaryEvidence after = look(before).evidence();

    assertEquals(today.logWealth().subList(0, 6), after.logWealth().subList(0, 6));
    assertEquals(List.of(0.0, 0.0, 0.0), after.logWealth().subList(6, 9));
  }

  @Test
  void gatewayThatServesNothing_isAskedAgain() {
    StageException away = assertThrows(StageException.class, () -> look(null));

    assertEquals(FailureType.GATEWAY_UNAVAILABLE, away.type());
    assertEquals("the gateway serves no endpoint 'tips' at the moment", away.getMessage());
  }

  @Test
  void answerThatIsNotCounts_isNamedWithItsPlaceAndAskedForAgain() {
    other = "{\"format\":1,\"endpoint\":\"tips\"}";

    StageException refused = assertThrows(StageException.class, () -> look(null));

    assertEquals(FailureType.GATEWAY_UNAVAILABLE, refused.type());
    assertEquals(
        "the gateway at http://127.0.0.1:"
            + gateway.getAddress().getPort()
            + " answers with something else: canary counts: field 'instance' is missing",
        refused.getMessage());
  }

  private CanaryLook look(@Nullable CanaryEvidence before) {
    return judge.look(new JudgeCanaryInput("tips", 0.05, before));
  }

  private static ArmCounts keyed(long requests, long errors, long keys, long failed) {
    return new ArmCounts(requests, errors, 0, 0, new KeyCounts(keys, failed, keys, failed));
  }

  private static CanaryCounts counts(
      String instance, long sequence, double percent, ArmCounts stable, ArmCounts candidate) {
    return new CanaryCounts("tips", instance, sequence, percent, stable, candidate);
  }
}
