package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.contracts.deployment.CanaryEvidence;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
    judge =
        new CanaryJudge(
            new GatewayHttp(URI.create("http://127.0.0.1:" + gateway.getAddress().getPort())));
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

  private static CanaryCounts counts(
      String instance, long sequence, int percent, ArmCounts stable, ArmCounts candidate) {
    return new CanaryCounts("tips", instance, sequence, percent, stable, candidate);
  }
}
