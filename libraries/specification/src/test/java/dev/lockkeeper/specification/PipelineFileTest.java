package dev.lockkeeper.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.Inconclusive;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.validation.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineFileTest {

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: trips
      version: 1.0.0
      schema:
        - name: trips
          properties:
            - {name: fare, logicalType: number, required: true}
            - {name: tips, logicalType: number}
      """;

  private static final String PIPELINE =
      """
      name: tips
      source: {path: trips.csv}
      contract: contract.yaml
      features:
        version: "1"
        columns:
          - {name: fare, expression: fare}
        label: {name: generous, expression: tips > 0.2 * fare}
      training: {trainer: xgboost, parameters: {rounds: 10}}
      validation:
        metrics:
          - {metric: auc, minimum: 0.7}
      deployment:
        lookEvery: 5s
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeContract() throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), CONTRACT);
  }

  @Test
  void read_ofAFileOfData_isRefusedBeforeItIsParsed() throws IOException {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, PIPELINE + "# a comment\n".repeat(200_000));

    assertEquals(
        List.of(
            file
                + ": has "
                + Files.size(file)
                + " bytes, at most 1048576 are read: is it the data?"),
        assertThrows(PipelineException.class, () -> PipelineFile.read(file, null)).problems());
  }

  @Test
  void read_ofDeepNesting_isRefused() throws IOException {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, "name: " + "[".repeat(100_000));

    String problem =
        assertThrows(PipelineException.class, () -> PipelineFile.read(file, null))
            .problems()
            .get(0);

    assertTrue(problem.startsWith(file + ": not YAML: Nesting Depth exceeded max 50"), problem);
  }

  @Test
  void read_takesPathsFromItsOwnFolder() throws IOException {
    PipelineSpecification specification = read(PIPELINE, null);

    assertEquals(folder.resolve("trips.csv").toString(), specification.source().path());
    assertEquals("tips", specification.endpoint());
    assertEquals(Duration.ofSeconds(5), specification.deployment().lookEvery());
    assertEquals(Metric.AUC, specification.validation().metrics().get(0).metric());
    assertEquals(List.of("fare", "tips"), names(specification));
  }

  @Test
  void read_withData_replacesTheSource() throws IOException {
    PipelineSpecification specification = read(PIPELINE, folder.resolve("other.parquet"));

    assertEquals(SourceFormat.PARQUET, specification.source().format());
  }

  @Test
  void read_withSeveralMistakes_namesEachWithItsLine() {
    String wrong =
        PIPELINE.replace("lookEvery: 5s", "lookEvery: soon").replace("training:", "trainig:");

    List<String> problems = problems(wrong);

    String file = folder.resolve("pipeline.yaml").toString();
    assertTrue(
        problems.stream().anyMatch(p -> p.startsWith(file + ":9: trainig: unknown key")),
        problems.toString());
    assertTrue(
        problems.stream().anyMatch(p -> p.contains("training: is missing")), problems.toString());
    assertTrue(
        problems.contains(
            file
                + ":14: deployment.lookEvery: expected a duration such as 30s, 10m, 48h or PT1H30M,"
                + " got 'soon'"),
        problems.toString());
  }

  @Test
  void remarks_nameWhatNobodyLooksAt() throws IOException {
    Files.writeString(
        folder.resolve("contract.yaml"),
        CONTRACT.replace("name: fare,", "name: fare, classification: Protected,"));
    PipelineSpecification specification =
        read(PIPELINE.replaceFirst("(?s)  metrics:.*0.7}", "  seed: 2"), null);

    assertEquals(
        List.of(
            "validation: there is no gate, so nothing that is measured can refuse a model",
            "validation.fairness: the contract marks fare as protected, and no gate compares its"
                + " groups",
            "split: rows are split by their whole content, so a new column moves rows to the other"
                + " side; split.key names a column that stays"),
        Remarks.of(specification));
  }

  @Test
  void read_withWrongContract_namesTheContractFile() throws IOException {
    Files.writeString(
        folder.resolve("contract.yaml"),
        CONTRACT.replace("logicalType: number}", "logicalType: num}"));

    assertEquals(
        List.of(
            folder.resolve("contract.yaml")
                + ":9: schema[0].properties[1].logicalType: expected string, number, integer,"
                + " boolean, timestamp or date, got 'num'"),
        problems(PIPELINE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          endpoint: 'a/../b' | endpoint: expected lower-case letters, digits and '-', at most 63 characters, got 'a/../b'
          split: {holdout: 1} | split.holdout: expected a number from 0.001 to 0.999, got '1'
          split: {holdout: NaN} | split.holdout: expected a number from 0.001 to 0.999, got 'NaN'
          split: {key: rider} | split.key: the contract has no column 'rider': it has fare, tips
          split: {time: {column: fare}} | split.time.column: expected a timestamp column, got 'fare'
          split: {time: {column: rider}} | split.time.column: the contract has no column 'rider': it has fare, tips
          approval: {quorum: 0} | approval.quorum: expected an integer from 1 to 20, got '0'
          approval: {quorum: 4294967297} | approval.quorum: expected an integer from 1 to 20, got '4294967297'
          approval: {expireAfter: 73h} | approval.expireAfter: expected 1s to 72h, got '73h'
          approval: {remindAfter: PT-5S} | approval.remindAfter: expected 1s to 72h, got 'PT-5S'
          monitoring: {every: 0s} | monitoring.every: expected 1s to 720h, got '0s'
          monitoring: {every: 99999999999d} | monitoring.every: expected a duration such as 30s, 10m, 48h or PT1H30M, got '99999999999d'
          monitoring: {minimumRows: -1} | monitoring.minimumRows: expected an integer from 1 to 2147483647, got '-1'
          monitoring: {threshold: 0} | monitoring.threshold: expected a number from 0.001 to 100, got '0'
          """)
  void read_ofValueOutOfRange_isRefusedWithItsLine(String wrong, String problem) {
    assertEquals(
        List.of(folder.resolve("pipeline.yaml") + ":15: " + problem), problems(PIPELINE + wrong));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          maximum: 1s, steps: [{percent: 10, bake: 2s}] | maximum: the steps bake for 2s, and after 1s the candidate is taken back: expected more
          steps: [{percent: 50}, {percent: 50}] | steps[1].percent: expected more than 50, the step before
          steps: [{bake: 1s}] | steps[0].percent: expected more than 0, the step before
          steps: [{percent: 0}] | steps[0].percent: expected a number from 0.01 to 100 with at most two decimals, got '0'
          steps: [{percent: -1}] | steps[0].percent: expected a number from 0.01 to 100 with at most two decimals, got '-1'
          steps: [{percent: 100.5}] | steps[0].percent: expected a number from 0.01 to 100 with at most two decimals, got '100.5'
          steps: [{percent: 0.125}] | steps[0].percent: expected a number from 0.01 to 100 with at most two decimals, got '0.125'
          steps: [{percent: 0.5}, {percent: 0.25}] | steps[1].percent: expected more than 0.5, the step before
          steps: [{percent: 5, minimumRequests: -1}] | steps[0].minimumRequests: expected an integer from 0 to 2147483647, got '-1'
          alpha: 1 | alpha: expected a number from 0.0001 to 0.4999, got '1'
          unit: row | unit: expected one of key, request, got 'row'
          margin: 2 | margin: expected a number from 0.0001 to 0.5, got '2'
          onInconclusive: promote | onInconclusive: expected margin beside it
          margin: 0.01, onInconclusive: wait | onInconclusive: expected one of promote, rollback, ask, got 'wait'
          margin: 0.01, steps: [{percent: 100}] | margin: the last step leaves the stable version no requests: expected less than 100 percent
          """)
  void read_ofPlanThatCannotWork_isRefused(String plan, String problem) {
    assertEquals(
        List.of(folder.resolve("pipeline.yaml") + ":13: deployment." + problem),
        problems(PIPELINE.replace("deployment:\n  lookEvery: 5s", "deployment: {" + plan + "}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          decisionThreshold: 2 | decisionThreshold: expected a number from 0 to 1, got '2'
          confidence: 95 | confidence: expected a number from 0.5 to 0.9999, got '95'
          bootstrapSamples: 0 | bootstrapSamples: expected an integer from 10 to 100000, got '0'
          metrics: [{metric: auc}] | metrics[0].metric: expected minimum, maximum or margin: without one nothing is judged
          metrics: [{metric: auc, margin: -1}] | metrics[0].margin: expected a number from 0 to 1000, got '-1'
          fairness: {column: sex, metric: demographic-parity-ratio} | fairness.column: the contract has no column 'sex': it has fare, tips
          behaviour: [{kind: case, name: n, row: {fair: 1}, minimum: 0}] | behaviour[0].row.fair: the contract has no column 'fair': it has fare, tips
          behaviour: [{kind: case, name: n, row: {fare: 1}}] | behaviour[0].name: expected minimum or maximum: without one nothing is judged
          behaviour: [{kind: case, name: n, row: {fare: 1}, maximum: 9}] | behaviour[0].maximum: expected a number from 0 to 1, got '9'
          behaviour: [{kind: direction, name: n, column: miles}] | behaviour[0].column: the contract has no column 'miles': it has fare, tips
          behaviour: [{kind: invariance, name: n, set: {}}] | behaviour[0].set: expected at least one column with its value
          """)
  void read_ofGateThatCannotBeJudged_isRefused(String gate, String problem) {
    assertEquals(
        List.of(folder.resolve("pipeline.yaml") + ":10: validation." + problem),
        problems(
            PIPELINE.replace(
                "validation:\n  metrics:\n    - {metric: auc, minimum: 0.7}",
                "validation: {" + gate + "}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\t", "';;'", "'\"'", "\"\\n\""})
  void read_ofDelimiterThatIsNone_saysHowATabIsWritten(String delimiter) {
    List<String> problems =
        problems(PIPELINE.replace("trips.csv}", "trips.csv, delimiter: " + delimiter + "}"));

    assertEquals(1, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).contains(":2: source.delimiter: expected one character, got "),
        problems.toString());
    assertTrue(problems.get(0).endsWith("a tab is \"\\t\" in double quotes"), problems.toString());
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "2 s, 2000", "3m, 180000", "1h, 3600000", "PT1M30S, 90000"})
  void read_ofDuration_takesEachUnit(String text, long millis) throws IOException {
    assertEquals(
        Duration.ofMillis(millis),
        read(PIPELINE.replace("lookEvery: 5s", "lookEvery: " + text), null)
            .deployment()
            .lookEvery());
  }

  @Test
  void read_ofUnitAndMargin_keepsThem() throws IOException {
    DeploymentSpecification deployment =
        read(
                PIPELINE.replace(
                    "lookEvery: 5s", "unit: request\n  margin: 0.005\n  onInconclusive: promote"),
                null)
            .deployment();

    assertEquals(HarmUnit.REQUEST, deployment.unit());
    assertEquals(0.005, deployment.margin());
    assertEquals(Inconclusive.PROMOTE, deployment.onInconclusive());
  }

  @Test
  void lines_areThoseOfExpressionsAndTraining() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            PIPELINE.replace("  version: \"1\"", "  version: \"1\"\n  filter: fare > 0"));

    assertEquals(
        Map.of(
            "contract", 3,
            "features.columns", 7,
            "filter", 6,
            "fare", 8,
            "generous", 9,
            "training.trainer", 10,
            "training.parameters", 10,
            "validation.behaviour", 12),
        linesOf(file, PipelineFile.read(file, null)));
  }

  @Test
  void problemOfAnExpression_namesTheFilesColumn() throws IOException {
    String plain = "filter: fare > 0 && far < 9";
    String quoted = "filter: 'fare > 0 && far < 9'";
    String escaped = "filter: \"fare > \\u0030 && far < 9\"";
    String folded = "filter: >\n    fare > 0\n    && far < 9";

    assertEquals(":6: column 23: x; column 24: y", filterProblem(plain));
    assertEquals(":6: column 24: x; column 25: y", filterProblem(quoted));
    for (String unknown : List.of(escaped, folded)) {
      assertEquals(":6: line 1, column 13: x; line 1, column 14: y", filterProblem(unknown));
    }
  }

  private String filterProblem(String filter) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            PIPELINE.replace("  version: \"1\"", "  version: \"1\"\n  " + filter));
    return PipelineFile.read(file, null)
        .problem("filter", "line 1, column 13: x; line 1, column 14: y")
        .replace(file.toString(), "");
  }

  @Test
  void problemOfTheContract_namesTheContractsFileAndLine() throws IOException {
    Path contract =
        Files.writeString(
            folder.resolve("contract.yaml"),
            CONTRACT + "    quality:\n      - {metric: rowCount, mustBeGreaterThan: 9}\n");

    ReadPipeline read =
        PipelineFile.read(Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE), null);

    assertEquals(contract + ":9: x", read.problem("contract.columns.tips", "x"));
    assertEquals(contract + ":11: x", read.problem("contract.rules.rowCount", "x"));
    assertEquals(folder.resolve("pipeline.yaml") + ": x", read.problem("contract.columns.no", "x"));
  }

  @Test
  void read_ofAnEmptyContractName_isNamedWithTheLine() {
    assertEquals(
        List.of(
            folder.resolve("pipeline.yaml") + ":3: contract: expected the data contract's file"),
        problems(PIPELINE.replace("contract: contract.yaml", "contract: \"\"")));
  }

  private static Map<String, Integer> linesOf(Path file, ReadPipeline read) {
    return read.places().entrySet().stream()
        .filter(place -> place.getValue().file().equals(file))
        .collect(Collectors.toMap(Map.Entry::getKey, place -> place.getValue().line()));
  }

  @Test
  void read_ofContractThatIsNotThere_isNamedWithTheLine() {
    assertEquals(
        List.of(
            folder.resolve("pipeline.yaml")
                + ":3: contract: there is no file "
                + folder.resolve("none.yaml")),
        problems(PIPELINE.replace("contract: contract.yaml", "contract: ./none.yaml")));
  }

  @Test
  void read_ofCharacterThatIsNone_saysTheLine() {
    assertEquals(
        List.of(
            folder.resolve("pipeline.yaml") + ":2: not YAML: the character U+0000 is not allowed"),
        problems("name: tips\n\0"));
  }

  @Test
  void read_ofNoYaml_saysTheLine() {
    assertTrue(problems("a: [1").get(0).contains("not YAML"));
  }

  private List<String> problems(String yaml) {
    return assertThrows(PipelineException.class, () -> read(yaml, null)).problems();
  }

  private PipelineSpecification read(String yaml, Path data) throws IOException {
    return PipelineFile.read(Files.writeString(folder.resolve("pipeline.yaml"), yaml), data)
        .specification();
  }

  private static List<String> names(PipelineSpecification specification) {
    return specification.contract().columns().stream().map(c -> c.name()).toList();
  }
}
