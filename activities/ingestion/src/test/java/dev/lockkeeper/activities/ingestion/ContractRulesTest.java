package dev.lockkeeper.activities.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.ingestion.IngestInput;
import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.ingestion.QualityMetric;
import dev.lockkeeper.formats.ingestion.QualityRule;
import dev.lockkeeper.formats.ingestion.RuleArguments;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.ingestion.ValueLimits;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.testing.SignedRun;
import dev.lockkeeper.testing.StageUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of a data contract on the values at its edge. */
class ContractRulesTest {

  private static final RunContext RUN = new RunContext("m@1", "r", "default", "m", "1", "ann", "d");

  @TempDir Path folder;
  private @Nullable List<String> missing;
  private StageUnderTest stage;

  @BeforeEach
  void start() throws Exception {
    stage =
        new StageUnderTest(
            SignedRun.in(folder, RUN),
            new IngestionDefinition(),
            context ->
                new TableIngestion(
                    context, DataEngines.named("duckdb"), new SourceRoots(List.of(), null)));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void exclusiveBounds_refuseTheBoundItself() {
    ColumnContract column =
        limited(ColumnType.NUMBER, new ValueLimits(0.0, 10.0, null, null, null, null));
    assertBreaches(column, List.of("0.1", "9.9", ""), List.of());
    assertBreaches(
        column,
        List.of("0", "5", "10"),
        List.of(
            "column 'v', exclusiveMinimum: expected above 0, 1 of 3 rows differ; line 2: '0'",
            "column 'v', exclusiveMaximum: expected below 10, 1 of 3 rows differ; line 4: '10'"));
  }

  @Test
  void multiple_toleratesTheRepresentationOfDecimals() {
    ColumnContract column =
        limited(ColumnType.NUMBER, new ValueLimits(null, null, 0.1, null, null, null));
    assertBreaches(column, List.of("0.3", "0.7", "-1.1", "0", "123456.7"), List.of());
    assertBreaches(
        column,
        List.of("0.35"),
        List.of(
            "column 'v', multipleOf: expected a multiple of 0.1, 1 of 1 rows differ; line 2:"
                + " '0.35'"));
  }

  @Test
  void lengths_countCharactersNotBytes() {
    ColumnContract column =
        limited(ColumnType.STRING, new ValueLimits(null, null, null, 2, 4, null));
    assertBreaches(column, List.of("éé", "abcd", ""), List.of());
    assertBreaches(
        column,
        List.of("é", "abcde"),
        List.of(
            "column 'v', minLength: expected at least 2 characters, 1 of 2 rows differ; line 2:"
                + " 'é'",
            "column 'v', maxLength: expected at most 4 characters, 1 of 2 rows differ; line 3:"
                + " 'abcde'"));
  }

  @Test
  void times_areHeldAgainstTimes() {
    ColumnContract column =
        new ColumnContract(
            "v",
            ColumnType.TIMESTAMP,
            false,
            false,
            seconds("2020-01-01T00:00:00Z"),
            null,
            List.of(),
            null,
            new ValueLimits(null, seconds("2021-01-01T00:00:00Z"), null, null, null, null));
    assertBreaches(column, List.of("2020-01-01", "2020-12-31 23:59:59", "1600000000"), List.of());
    assertBreaches(
        column,
        List.of("2019-12-31 23:59:59", "2021-01-01T00:00:00"),
        List.of(
            "column 'v', minimum: expected at least 2020-01-01T00:00:00Z, 1 of 2 rows differ;"
                + " line 2: '2019-12-31 23:59:59'",
            "column 'v', exclusiveMaximum: expected below 2021-01-01T00:00:00Z, 1 of 2 rows differ;"
                + " line 3: '2021-01-01T00:00:00'"));
  }

  @Test
  void timesInAFormatOfTheirOwn_areReadInItAlone() {
    ColumnContract column =
        new ColumnContract(
            "v",
            ColumnType.TIMESTAMP,
            true,
            false,
            seconds("2019-02-07T00:00:00Z"),
            null,
            List.of(),
            null,
            new ValueLimits(null, null, null, null, null, "%m/%d/%Y %I:%M:%S %p"));
    assertBreaches(column, List.of("02/07/2019 03:48:06 PM", "2/7/2019 12:00:00 AM"), List.of());
    assertBreaches(
        column,
        List.of("02/06/2019 11:59:59 PM", "13/07/2019 03:48:06 PM", "2019-02-07", "1549554486"),
        List.of(
            "column 'v', type: expected a timestamp such as 02/27/2019 03:48:06 PM, 3 of 4 rows"
                + " differ; line 3: '13/07/2019 03:48:06 PM', line 4: '2019-02-07', line 5:"
                + " '1549554486'",
            "column 'v', minimum: expected at least 2019-02-07T00:00:00Z, 1 of 4 rows differ;"
                + " line 2: '02/06/2019 11:59:59 PM'"));
  }

  @Test
  void missingCodes_standForMissingNumbersButAreStrings() {
    missing = List.of("NA", "-9.99");
    ColumnContract number = limited(ColumnType.NUMBER, null);
    ColumnContract required =
        new ColumnContract("w", ColumnType.INTEGER, true, false, null, null, List.of(), null, null);
    ColumnContract code =
        new ColumnContract(
            "code", ColumnType.STRING, false, false, null, null, List.of("NA", "A"), null, null);
    assertEquals(
        List.of(),
        breaches("v,w,code\n1.5,1,A\nNA,2,NA\n-9.99,3,NA\n", List.of(number, required, code)));
    assertEquals(
        List.of(
            "column 'v', type: expected a number, 1 of 2 rows differ; line 3: 'na'",
            "column 'w', required: expected a value in every row, 1 of 2 rows differ; line 2:"
                + " missing"),
        breaches("v,w,code\n1,NA,A\nna,1,A\n", List.of(number, required, code)));
  }

  @Test
  void negatedRule_refusesWhatLiesWithin() {
    QualityRule between =
        new QualityRule(
            "size", null, QualityMetric.ROW_COUNT, false, 2.0, false, 3.0, false, true, null);
    assertBreaches(plain(), List.of("a"), List.of(), between);
    assertBreaches(
        plain(),
        List.of("a", "b"),
        List.of(
            "table, size: expected rowCount not at least 2 rows and at most 3 rows,"
                + " 2 of 2 rows differ; found 2 rows"),
        between);
  }

  @Test
  void missingValues_areAlsoTheStringsThatStandForThem() {
    QualityRule rule =
        atMost(
            "v",
            QualityMetric.MISSING_VALUES,
            0,
            new RuleArguments(List.of(), null, List.of("N/A", "?"), List.of()));
    assertBreaches(plain(), List.of("a", "b"), List.of(), rule);
    assertBreaches(
        plain(),
        List.of("N/A", "", "b"),
        List.of(
            "column 'v', rule: expected missingValues at most 0 rows, 2 of 3 rows differ;"
                + " found 2 rows, line 2: 'N/A', line 3: missing"),
        rule);
  }

  @Test
  void invalidValues_mayBeToleratedUpToABound() {
    QualityRule rule =
        atMost(
            "v",
            QualityMetric.INVALID_VALUES,
            1,
            new RuleArguments(List.of("a", "b"), null, List.of(), List.of()));
    assertBreaches(plain(), List.of("a", "c", "b", ""), List.of(), rule);
    assertBreaches(
        plain(),
        List.of("c", "d", "a"),
        List.of(
            "column 'v', rule: expected invalidValues at most 1 rows, 2 of 3 rows differ;"
                + " found 2 rows, line 2: 'c', line 3: 'd'"),
        rule);
  }

  @Test
  void duplicatesOfColumnsTogether_areCounted() {
    QualityRule rule =
        atMost(
            null,
            QualityMetric.DUPLICATE_VALUES,
            0,
            new RuleArguments(List.of(), null, List.of(), List.of("v", "w")));
    List<ColumnContract> columns = List.of(plain(), named("w"));
    assertEquals(List.of(), breaches("v,w\na,1\na,2\nb,1\n", columns, rule));
    assertEquals(
        List.of(
            "table, rule: expected duplicateValues at most 0 rows, 2 of 3 rows differ;"
                + " found 2 rows, line 2: 'a', line 4: 'a'"),
        breaches("v,w\na,1\nb,1\na,1\n", columns, rule));
  }

  @Test
  void wordForAMissingValue_isATypeBreachWithAHint() {
    assertEquals(
        List.of(
            "column 'v', type: expected a number (a word that stands for a missing value is listed"
                + " in source.missing), 1 of 2 rows differ; line 3: 'NA'"),
        breaches(
            "v\n1\nNA\n",
            List.of(
                new ColumnContract(
                    "v", ColumnType.NUMBER, false, false, null, null, List.of(), null, null))));
  }

  @Test
  void whatPandasWroteForCategories_isHintedInEachRule() {
    ColumnContract listed =
        new ColumnContract(
            "v", ColumnType.STRING, false, false, null, null, List.of("1", "2"), null, null);
    ColumnContract matched =
        new ColumnContract(
            "w", ColumnType.STRING, false, false, null, null, List.of(), "[0-9]+", null);
    String pandas =
        " (pandas writes integers with a point where one is missing: write the column as Int64)";
    String word = " (a word that stands for a missing value is listed in source.missing)";
    assertEquals(
        List.of(
            "column 'v', allowedValues: expected one of [1, 2]"
                + pandas
                + word
                + ", 2 of 2 rows differ; line 2: '1.0', line 3: 'NA'",
            "column 'w', pattern: expected a match of [0-9]+"
                + word
                + ", 1 of 2 rows differ; line 3: 'NaN'"),
        breaches("v,w\n1.0,7\nNA,NaN\n", List.of(listed, matched)));
  }

  @Test
  void integersWithAPointBesideAWord_haveBothHints() {
    ColumnContract count =
        new ColumnContract(
            "v", ColumnType.INTEGER, false, false, null, null, List.of(), null, null);
    String breach = breaches("v\n1.0\nNA\n", List.of(count)).get(0);
    assertTrue(breach.contains("write the column as Int64, or call it a number)"), breach);
    assertTrue(breach.contains("listed in source.missing)"), breach);
  }

  private void assertBreaches(
      ColumnContract column, List<String> values, List<String> expected, QualityRule... rules) {
    String text = "v\n" + String.join("\n", values.stream().map(v -> '"' + v + '"').toList());
    assertEquals(expected, breaches(text + "\n", List.of(column), rules));
  }

  private List<String> breaches(String csv, List<ColumnContract> columns, QualityRule... rules) {
    Dataset dataset;
    try {
      Path file = Files.writeString(Files.createTempFile(folder, "source", ".csv"), csv);
      dataset =
          stage
              .call(IngestionActivities.class)
              .ingestDataset(
                  new IngestInput(
                      RUN,
                      new SourceSpecification(file.toString(), SourceFormat.CSV, ",", missing),
                      new DataContract("c", "1", "t", "0".repeat(64), columns, List.of(rules))));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return dataset.breaches().stream().map(ContractBreach::message).toList();
  }

  private static QualityRule atMost(
      @Nullable String column, QualityMetric metric, double bound, RuleArguments arguments) {
    return new QualityRule(
        "rule", column, metric, false, null, false, bound, false, false, arguments);
  }

  private static ColumnContract plain() {
    return named("v");
  }

  private static ColumnContract named(String name) {
    return new ColumnContract(
        name, ColumnType.STRING, false, false, null, null, List.of(), null, null);
  }

  private static ColumnContract limited(ColumnType type, ValueLimits limits) {
    return new ColumnContract("v", type, false, false, null, null, List.of(), null, limits);
  }

  private static double seconds(String time) {
    return Instant.parse(time).getEpochSecond();
  }
}
