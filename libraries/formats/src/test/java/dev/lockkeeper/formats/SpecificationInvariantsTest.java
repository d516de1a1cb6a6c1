package dev.lockkeeper.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.ingestion.ContractDigest;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.pipeline.SpecificationDigest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A specification that the command line would refuse can't be made by any other client either. */
class SpecificationInvariantsTest {

  private static final String PIPELINE =
      """
      {"name":"tips","endpoint":"tips","description":"",
       "source":{"path":"/data/trips.csv","format":"CSV","delimiter":",","missing":null},
       "contract":{"id":"trips","version":"1","table":"trips","digest":"00","rules":[],
        "columns":[{"name":"fare","type":"NUMBER","required":true,"unique":false,"minimum":null,
         "maximum":null,"allowedValues":[],"pattern":null,"limits":null}]},
       "features":{"version":"1","rowFilter":null,"features":[{"name":"fare","expression":"fare"}],
        "label":{"name":"tipped","expression":"fare > 9.0"}},
       "split":{"holdoutShare":0.2,"key":null,"seed":1},
       "training":{"trainer":"xgboost","seed":1,"parameters":{}},
       "validation":{"decisionThreshold":0.5,"confidence":0.95,"bootstrapSamples":1000,"seed":1,
        "metrics":[{"metric":"AUC","minimum":0.6,"maximum":null,"margin":0.1}],
        "behaviour":[{"kind":"invariance","name":"i","set":{"fare":"1"},"tolerance":0.1,
          "minimumShare":0.9},
         {"kind":"case","name":"c","row":{"fare":"1"},"minimum":0.1,"maximum":null}],
        "fairness":{"column":"fare","metric":"DEMOGRAPHIC_PARITY_RATIO","threshold":0.8,
         "minimumGroup":100,"inconclusiveBlocks":false}},
       "approval":{"quorum":1,"remindAfter":"PT12H","expireAfter":"PT48H"},
       "deployment":{"steps":[{"percent":10,"minimumRequests":500,"bake":"PT5M"},
         {"percent":50,"minimumRequests":2000,"bake":"PT10M"}],
        "lookEvery":"PT10S","alpha":0.05,"maximum":"PT2H"},
       "monitoring":{"every":"PT5M","minimumRows":1000,"threshold":0.25}}
      """;

  private static final String RULE =
      """
      {"name":"r","column":"fare","metric":"INVALID_VALUES","percent":true,"minimum":null,
       "minimumExclusive":false,"maximum":1.0,"maximumExclusive":false,"negated":false,
       "arguments":{"validValues":["1"],"pattern":null,"missingValues":[],"properties":[]}}
      """;

  @Test
  void pipelineOfAClient_isRead() {
    assertEquals("tips", read(Json.read(bytes(PIPELINE), JsonNode.class)).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/name|\"Tips!\"|name: expected lower-case letters",
        "/endpoint|\"\"|endpoint: expected lower-case letters",
        "/source/delimiter|\";;\"|source.delimiter: expected one character, got ';;'",
        "/contract/columns|[]|contract: expected at least one column",
        "/features/features|[]|features: expected at least one feature",
        "/split/holdoutShare|0|split.holdoutShare: expected 0.001 to 0.999, got 0.0",
        "/split/holdoutShare|1|split.holdoutShare: expected 0.001 to 0.999, got 1.0",
        "/validation/decisionThreshold|1.1|validation.decisionThreshold: expected 0.0 to 1.0",
        "/validation/confidence|1|validation.confidence: expected 0.5 to 0.9999, got 1.0",
        "/validation/bootstrapSamples|9|validation.bootstrapSamples: expected 10 to 100000, got 9",
        "/validation/metrics/0|{\"metric\":\"AUC\"}|validation.metrics: expected minimum, maximum or",
        "/validation/metrics/0/margin|-1|validation.metrics.margin: expected 0.0 to 1000.0",
        "/validation/behaviour/0/tolerance|2|validation.behaviour.tolerance: expected 0.0 to 1.0",
        "/validation/behaviour/1/minimum|null|validation.behaviour: expected minimum or maximum",
        "/validation/fairness/minimumGroup|0|validation.fairness.minimumGroup: expected 1 to",
        "/approval/quorum|0|approval.quorum: expected 1 to 20, got 0",
        "/approval/remindAfter|\"PT0S\"|approval.remindAfter: expected PT1S to PT72H, got PT0S",
        "/approval/expireAfter|\"PT73H\"|approval.expireAfter: expected PT1S to PT72H, got PT73H",
        "/deployment/steps|[]|deployment.steps: expected at least one step",
        "/deployment/margin|2|deployment.margin: expected 1.0E-4 to 0.5, got 2.0",
        "/deployment/onInconclusive|\"PROMOTE\"|deployment.onInconclusive: expected deployment.margin",
        "/deployment/steps/0/percent|101|deployment.steps.percent: expected 0.01 to 100.0, got 101.0",
        "/deployment/steps/0/percent|0.125|deployment.steps.percent: expected at most two decimals",
        "/deployment/steps/1/percent|10|deployment.steps.percent: expected more than 10",
        "/deployment/steps/1/minimumRequests|-1|deployment.steps.minimumRequests: expected 0 to",
        "/deployment/lookEvery|\"PT0.1S\"|deployment.lookEvery: expected PT0.2S to PT1H, got PT0.1S",
        "/deployment/alpha|0.5|deployment.alpha: expected 1.0E-4 to 0.4999, got 0.5",
        "/deployment/maximum|\"PT10M\"|deployment.maximum: the steps bake for PT15M, and after PT10M",
        "/monitoring/every|\"PT0S\"|monitoring.every: expected PT0.001S to PT720H, got PT0S",
        "/monitoring/minimumRows|0|monitoring.minimumRows: expected 1 to",
        "/training|null|training: is missing",
        "/training/trainer|null|training.trainer: is missing",
        "/features/label|null|features.label: is missing",
        "/features/features|[null]|features.columns: is missing",
        "/deployment/lookEvery|null|deployment.lookEvery: expected PT0.2S to PT1H, got null",
        "/source/path|\"trips.csv\"|source.path: expected an absolute path, got 'trips.csv'",
        "/split/key|\"driver\"|split.key: the contract has no column 'driver': it has fare",
        "/validation/fairness/column|\"sex\"|validation.fairness.column: the contract has no column",
        "/validation/behaviour/0/set|{\"tip\":\"1\"}|validation.behaviour.i: the contract has no",
        "/validation/behaviour/1/row|{}|validation.behaviour.row: expected at least one column",
        "/contract/columns/0/name|\" \"|contract.columns: expected the column's name in the file",
        "/contract/columns/0/limits|{\"exclusiveMinimum\":1,\"exclusiveMaximum\":1}|contract.columns.fare: no",
        "/contract/columns/0/pattern|\"a\"|contract.columns.fare: only strings have a pattern",
        "/contract/columns/0/limits|{\"multipleOf\":0}|contract.columns.fare: multipleOf: expected a",
        "/contract/columns/0/limits|{\"maxLength\":3}|contract.columns.fare: only strings have a",
        "/contract/columns/0/limits|{\"timeFormat\":\"%Y\"}|contract.columns.fare: only times have a",
        "/monitoring/threshold|0|monitoring.threshold: expected 0.001 to 100.0, got 0.0"
      })
  void valueThatNoPipelineMayHave_isRefused(String place, String value, String expected) {
    JsonNode pipeline = with(place, value);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> read(pipeline));

    assertRefused(expected, refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/metric|null|contract.rules.r.metric: is missing",
        "/column|null|contract.rules.r: INVALID_VALUES is a metric of a column",
        "/metric|\"ROW_COUNT\"|contract.rules.r: ROW_COUNT is a metric of the table",
        "/column|\"tip\"|contract.rules.r: there is no column 'tip'",
        "/maximum|null|contract.rules.r: expected a bound",
        "/minimum|2|contract.rules.r: expected the smaller bound first, got 2.0 and 1.0",
        "/maximum|\"NaN\"|contract.rules.r: expected a number as a bound",
        "/metric|\"NULL_VALUES\"|contract.rules.r: NULL_VALUES does not take these arguments",
        "/arguments/pattern|\"(?=a)\"|contract.rules.r: pattern: look-around, back references",
        "/arguments/pattern|\"(\"|contract.rules.r: pattern: no regular expression: Unclosed group"
      })
  void ruleThatNoContractMayHave_isRefused(String place, String value, String expected) {
    JsonNode pipeline = with("/contract/rules", "[" + RULE + "]");
    read(pipeline);
    set(pipeline, "/contract/rules/0" + place, value);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> read(pipeline));

    assertRefused(expected, refused);
  }

  @Test
  void columnsThatDifferInCaseAlone_areRefused() {
    JsonNode pipeline = Json.read(bytes(PIPELINE), JsonNode.class);
    ArrayNode columns = (ArrayNode) pipeline.at("/contract/columns");
    columns.add(((ObjectNode) columns.get(0).deepCopy()).put("name", "Fare"));

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> read(pipeline));

    assertRefused("contract.columns.Fare: there is another column of this name;", refused);
  }

  @Test
  void digest_isOfTheCanonicalForm() {
    PipelineSpecification pipeline = read(Json.read(bytes(PIPELINE), JsonNode.class));

    assertEquals(
        "cb9f8066850d1a3e5b1f2b305dd6425f820484e167181914cfa2c5e89df3bc32",
        SpecificationDigest.of(pipeline));
    assertNotEquals(
        SpecificationDigest.of(pipeline),
        SpecificationDigest.of(read(with("/split/holdoutShare", "0.3"))));
  }

  @Test
  void contractDigest_isOfTheRulesAndNotOfWhatAClientSays() {
    PipelineSpecification pipeline = read(Json.read(bytes(PIPELINE), JsonNode.class));
    String digest = ContractDigest.of(pipeline.contract());

    assertEquals("b626e70a5c457fa62c7f6e8c9b51f7a9ba2ecb0e7dd548bb69c3b6a9fdd91f71", digest);
    assertEquals(digest, ContractDigest.of(read(with("/contract/digest", "\"ff\"")).contract()));
    assertNotEquals(
        digest, ContractDigest.of(read(with("/contract/columns/0/required", "false")).contract()));
  }

  private static PipelineSpecification read(JsonNode pipeline) {
    return Json.read(bytes(pipeline.toString()), PipelineSpecification.class);
  }

  private static void assertRefused(String expected, Throwable refused) {
    Throwable cause = refused;
    while (!(cause instanceof InvalidSpecificationException)) {
      cause = cause.getCause();
    }
    assertEquals(expected, cause.getMessage().substring(0, expected.length()));
  }

  private static JsonNode with(String place, String value) {
    JsonNode pipeline = Json.read(bytes(PIPELINE), JsonNode.class);
    set(pipeline, place, value);
    return pipeline;
  }

  private static void set(JsonNode pipeline, String place, String value) {
    int slash = place.lastIndexOf('/');
    JsonNode parent = pipeline.at(place.substring(0, slash));
    JsonNode replacement = Json.read(bytes(value), JsonNode.class);
    String key = place.substring(slash + 1);
    if (parent instanceof ObjectNode object) {
      object.set(key, replacement);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(key), replacement);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
