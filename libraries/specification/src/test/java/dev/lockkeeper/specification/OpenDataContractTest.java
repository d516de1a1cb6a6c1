package dev.lockkeeper.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.QualityMetric;
import dev.lockkeeper.formats.ingestion.QualityRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the Open Data Contract Standard is a rule, and how the rest is refused. */
class OpenDataContractTest {

  private static final String HEAD =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: trips
      version: 1.0.0
      status: active
      schema:
        - name: trips
          properties:
      """;

  @TempDir private Path folder;
  private final List<String> problems = new ArrayList<>();

  @Test
  void limits_areThoseOfTheirType() throws IOException {
    ColumnContract fare =
        column(
            "{name: v, logicalType: number, logicalTypeOptions: {exclusiveMinimum: 0, maximum: 9.5,"
                + " multipleOf: 0.5}}");
    assertEquals(9.5, fare.maximum());
    assertNotNull(fare.limits());
    assertEquals(0.0, fare.limits().exclusiveMinimum());
    assertEquals(0.5, fare.limits().multipleOf());

    ColumnContract code =
        column(
            "{name: v, logicalType: string, logicalTypeOptions: {minLength: 2, maxLength: 3,"
                + " pattern: '[A-Z]+', format: code}}");
    assertNotNull(code.limits());
    assertEquals(2, code.limits().minLength());
    assertEquals(3, code.limits().maxLength());
    assertEquals("[A-Z]+", code.pattern());

    ColumnContract day =
        column(
            "{name: v, logicalType: date, logicalTypeOptions: {minimum: '2020-01-01',"
                + " exclusiveMaximum: '2020-01-02 12:00:00', format: yyyy-MM-dd}}");
    assertEquals(ColumnType.TIMESTAMP, day.type());
    assertEquals(1577836800.0, day.minimum());
    assertNotNull(day.limits());
    assertEquals(1577836800.0 + 36 * 3600, day.limits().exclusiveMaximum());
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MM/dd/yyyy hh:mm:ss a | %m/%d/%Y %I:%M:%S %p",
        "d.M.yy H:mm | %d.%m.%y %H:%M",
        "dd-MMM-yyyy | %d-%b-%Y",
        "yyyy-MM-dd'T'HH:mm:ss.SSS'Z' | %Y-%m-%dT%H:%M:%S.%gZ",
        "yyyyMMdd'%' | %Y%m%d%%"
      })
  void timeFormats_areTheEngines(String format, String expected) throws IOException {
    ColumnContract time =
        column(
            "{name: v, logicalType: timestamp, logicalTypeOptions: {format: \"" + format + "\"}}");
    assertEquals(List.of(), problems);
    assertNotNull(time.limits());
    assertEquals(expected, time.limits().timeFormat());
  }

  @Test
  void oneKeyColumn_isRequiredAndUnique() throws IOException {
    ColumnContract key = column("{name: v, logicalType: integer, primaryKey: true}");
    assertTrue(key.required() && key.unique());
  }

  @Test
  void severalKeyColumns_areUniqueTogether() throws IOException {
    DataContract contract =
        read(HEAD
                + "      - {name: a, logicalType: integer, primaryKey: true, primaryKeyPosition: 1}\n"
                + "      - {name: b, logicalType: integer, primaryKey: true, primaryKeyPosition: 2}\n")
            .contract()
            .orElseThrow();
    assertTrue(contract.columns().stream().allMatch(ColumnContract::required));
    assertFalse(contract.columns().stream().anyMatch(ColumnContract::unique));
    QualityRule rule = contract.rules().get(0);
    assertEquals(QualityMetric.DUPLICATE_VALUES, rule.metric());
    assertNotNull(rule.arguments());
    assertEquals(List.of("a", "b"), rule.arguments().properties());
    assertEquals(0.0, rule.maximum());
  }

  @Test
  void listOfValidValues_isTheColumnsList_unlessSomeAreTolerated() throws IOException {
    String values = "{type: library, metric: invalidValues, arguments: {validValues: [a, b]}, ";
    assertEquals(List.of("a", "b"), quality(values + "mustBe: 0}").allowedValues());
    DataContract tolerant =
        read(HEAD
                + "      - {name: v, logicalType: string, quality: ["
                + values
                + "mustBeLessThan: 5}]}\n")
            .contract()
            .orElseThrow();
    assertEquals(List.of(), tolerant.columns().get(0).allowedValues());
    QualityRule rule = tolerant.rules().get(0);
    assertNotNull(rule.arguments());
    assertEquals(List.of("a", "b"), rule.arguments().validValues());
    assertEquals(5.0, rule.maximum());
    assertTrue(rule.maximumExclusive());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mustBe: 3 | 3.0 | 3.0 | false | false | false",
        "mustNotBe: 3 | 3.0 | 3.0 | false | false | true",
        "mustBeGreaterThan: 3 | 3.0 | | true | false | false",
        "mustBeGreaterOrEqualTo: 3 | 3.0 | | false | false | false",
        "mustBeLessThan: 3 | | 3.0 | false | true | false",
        "mustBeLessOrEqualTo: 3 | | 3.0 | false | false | false",
        "'mustBeBetween: [1, 3]' | 1.0 | 3.0 | false | false | false",
        "'mustNotBeBetween: [1, 3]' | 1.0 | 3.0 | false | false | true",
      })
  void everyBound_isRead(
      String bound, Double minimum, Double maximum, boolean above, boolean below, boolean negated)
      throws IOException {
    QualityRule rule = tableRule("{metric: rowCount, " + bound + "}");
    assertEquals(List.of(), problems);
    assertEquals(minimum, rule.minimum());
    assertEquals(maximum, rule.maximum());
    assertEquals(above, rule.minimumExclusive());
    assertEquals(below, rule.maximumExclusive());
    assertEquals(negated, rule.negated());
  }

  @Test
  void descriptions_areAccepted() throws IOException {
    DataContract contract =
        read(HEAD.replace(
                    "schema:",
                    "name: n\ntenant: t\ndomain: d\ntags: [x]\nservers: [{server: s, type: local}]\n"
                        + "team: {name: a}\nschema:")
                + "      - name: v\n        logicalType: string\n        businessName: V\n"
                + "        classification: public\n        examples: [a]\n"
                + "        quality: [{type: text, description: looks right}]\n")
            .contract()
            .orElseThrow();
    assertEquals(List.of(), problems);
    assertEquals(List.of(), contract.rules());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: v, logicalType: string, requird: true} | .requird: unknown key",
        "{name: v, logicalType: string, logicalTypeOptions: {minimum: 3}} | .minimum: unknown key",
        "{name: v, logicalType: boolean, logicalTypeOptions: {minimum: 3}} | unknown key; expected none here",
        "{name: v, logicalType: number, logicalTypeOptions: {minimum: 3, maximum: 2}} | no value can satisfy",
        "{name: v, logicalType: number, logicalTypeOptions: {exclusiveMinimum: 3, maximum: 3}} | no value can satisfy",
        "{name: v, logicalType: string, logicalTypeOptions: {minLength: 3, maxLength: 2}} | no string can satisfy",
        "{name: v, logicalType: number, logicalTypeOptions: {multipleOf: 0}} | expected a number above 0",
        "{name: v, logicalType: number, logicalTypeOptions: {minimum: low}} | expected a number, got 'low'",
        "{name: v, logicalType: date, logicalTypeOptions: {minimum: tomorrow}} | expected a time such as 2020-01-31",
        "{name: v, logicalType: date, logicalTypeOptions: {format: dd.MM.yyyy zzz}} | 'zzz' is not read; expected H, HH,",
        "{name: v, logicalType: date, logicalTypeOptions: {format: HH.mm}} | expected at least a day, a month and a year",
        "{name: v, logicalType: date, logicalTypeOptions: {format: \"dd.MM.yyyy 'at\"}} | the quote is not closed",
        "{name: v, logicalType: timestamp, logicalTypeOptions: {timezone: true}} | write them in UTC",
        "{name: v, logicalType: string, logicalTypeOptions: {pattern: '['}} | no regular expression",
        "{name: v, logicalType: string, logicalTypeOptions: {pattern: '(?=a)b'}} | look-around",
        "{name: v, logicalType: array} | expected string, number, integer, boolean, timestamp or date, got 'array'",
        "{name: v} | .logicalType: is missing",
        "{name: v, physicalName: V_1, logicalType: string} | columns are found in the file by name: expected 'v'",
        "{name: v, logicalType: string, required: maybe} | expected true or false, got 'maybe'",
        "{name: v, logicalType: string, quality: [{metric: nullVals, mustBe: 0}]} | expected nullValues, missingValues",
        "{name: v, logicalType: string, quality: [{metric: nullValues}]} | expected exactly one bound",
        "{name: v, logicalType: string, quality: [{metric: nullValues, mustBe: 0, mustNotBe: 1}]} | expected exactly one bound",
        "{name: v, logicalType: string, quality: [{metric: rowCount, mustBe: 1}]} | rowCount is a metric of the table",
        "{name: v, logicalType: string, quality: [{type: sql, query: x, mustBe: 1}]} | only library metrics are enforced, got 'sql'",
        "{name: v, logicalType: string, quality: [{metric: nullValues, mustBe: 0, unit: share}]} | expected rows or percent, got 'share'",
        "{name: v, logicalType: string, quality: [{metric: nullValues, mustBe: 0, severity: warning}]} | every broken rule ends the run",
        "{name: v, logicalType: string, quality: [{metric: nullValues, mustBeBetween: [3, 1]}]} | expected two numbers, the smaller one first",
        "{name: v, logicalType: string, quality: [{metric: nullValues, mustBe: 0, arguments: {x: 1}}]} | arguments.x: unknown key",
      })
  void whatIsNoRule_isRefusedWithItsLine(String property, String message) throws IOException {
    read(HEAD + "      - " + property + "\n");
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).startsWith(folder.resolve("contract.yaml") + ":9: schema[0].properties[0]"),
        problems.toString());
    assertTrue(problems.get(0).contains(message), problems.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{metric: nullValues, mustBe: 0} | nullValues is a metric of a column",
        "{metric: duplicateValues, mustBe: 0, arguments: {properties: [v, x]}} | there is no column 'x'",
      })
  void rulesOfTheTable_areRefusedWithTheirReason(String rule, String message) throws IOException {
    tableRule(rule);
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains(message), problems.toString());
  }

  @Test
  void twoColumnsOfOneName_areRefused() throws IOException {
    String column = "      - {name: v, logicalType: string}\n";
    read(HEAD + column + column);
    assertTrue(
        problems.get(0).endsWith(":10: schema[0].properties[1].name: there is another column 'v'"),
        problems.toString());
  }

  @Test
  void columnsThatDifferInCaseAlone_areRefused() throws IOException {
    read(
        HEAD
            + "      - {name: Age, logicalType: string}\n      - {name: age, logicalType: string}\n");
    assertTrue(
        problems
            .get(0)
            .endsWith(
                ":10: schema[0].properties[1].name: there is another column 'Age':"
                    + " upper and lower case do not tell columns apart"),
        problems.toString());
  }

  @Test
  void columnWithoutAName_isRefused() throws IOException {
    read(HEAD + "      - {name: \"\", logicalType: string}\n");
    assertTrue(
        problems
            .get(0)
            .endsWith(":9: schema[0].properties[0].name: expected the column's name in the file"),
        problems.toString());
  }

  @Test
  void severalTables_areRefused() throws IOException {
    read(HEAD.replace("schema:", "schema:\n  - name: other") + "      - {name: v}\n");
    assertTrue(problems.get(0).contains("expected exactly one object (table), found 2"));
  }

  @Test
  void unknownTopKey_isRefused() throws IOException {
    read("dataset: x\n" + HEAD + "      - {name: v, logicalType: string}\n");
    assertTrue(problems.get(0).contains(":1: dataset: unknown key"), problems.toString());
  }

  @Test
  void foreignContracts_areRefusedForWhatTheyAskBeyond() throws IOException {
    List<String> all = foreign("all-data-types.odcs.yaml");
    for (String expected :
        List.of(
            ".properties[3].logicalTypeOptions.format: 'yyyy-MM-dd HH:mm:ssZ': 'Z' is not read",
            ".properties[4].logicalType: expected string, number,",
            ".properties[8].logicalType: expected string, number,",
            ".properties[9].logicalType: expected string, number,")) {
      assertTrue(all.stream().anyMatch(p -> p.contains(expected)), all.toString());
    }
    assertTrue(all.stream().allMatch(p -> p.matches(".*properties\\[[3489]\\].*")), all.toString());
    assertEquals(
        List.of("schema: expected exactly one object (table), found 2: a pipeline reads one file"),
        foreign("full-example.odcs.yaml").stream()
            .map(p -> p.replaceAll("^.*?:\\d+: ", ""))
            .toList());
  }

  private static List<String> foreign(String name) {
    List<String> problems = new ArrayList<>();
    OpenDataContract.read(ExampleContractsTest.shared("vectors/schemas/odcs/" + name), problems);
    return problems;
  }

  private ColumnContract quality(String rule) throws IOException {
    return column("{name: v, logicalType: string, quality: [" + rule + "]}");
  }

  private QualityRule tableRule(String rule) throws IOException {
    List<QualityRule> rules =
        read(HEAD.replace("    properties:", "    quality: [" + rule + "]\n    properties:")
                + "      - {name: v, logicalType: string}\n")
            .contract()
            .map(DataContract::rules)
            .orElse(List.of());
    return rules.isEmpty() ? null : rules.get(0);
  }

  private ColumnContract column(String property) throws IOException {
    return read(HEAD + "      - " + property + "\n").columns().get(0);
  }

  private ReadContract read(String yaml) throws IOException {
    return OpenDataContract.read(
        Files.writeString(folder.resolve("contract.yaml"), yaml), problems);
  }
}
