package dev.lockkeeper.activities.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.ingestion.IngestInput;
import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.ContractDigest;
import dev.lockkeeper.formats.ingestion.ContractReport;
import dev.lockkeeper.formats.ingestion.ContractReportFormat;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.ingestion.QualityMetric;
import dev.lockkeeper.formats.ingestion.QualityRule;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.testing.SignedRun;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableIngestionTest {
  private static final String GOOD =
      "id,fare,vendor,paid,at\n1,9.5,2,true,2019-02-07 15:48:06\n2,,1,0,1549554486\n";

  @TempDir Path folder;
  private StageUnderTest stage;
  private StageContext context;
  private int executions;

  @BeforeEach
  void start() throws IOException {
    SignedRun run =
        SignedRun.in(folder, new RunContext("m@1", "r", "default", "m", "1", "ann", "d"));
    stage =
        new StageUnderTest(
            run,
            new IngestionDefinition(),
            opened ->
                new TableIngestion(
                    opened, DataEngines.named("duckdb"), new SourceRoots(List.of(), null)));
    context = stage.context();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void goodFile_becomesTypedParquetWithAStatement() throws SQLException {
    Dataset dataset = ingest(GOOD);
    assertEquals(List.of(), dataset.breaches());
    assertEquals(2, dataset.rows());
    ArtifactRef processed = processed(dataset);
    context.verifyInput(dataset.evidence(), Role.INGESTION, processed);
    assertEquals(
        List.of("id BIGINT", "fare DOUBLE", "vendor BIGINT", "paid BOOLEAN", "at TIMESTAMP"),
        columns(processed));
  }

  @Test
  void statement_namesTheRulesThatWereEnforcedAndNotTheDigestOfAClient() throws IOException {
    Dataset dataset = ingest(GOOD);

    String enforced = ContractDigest.of(contract(List.of()));
    ContractReport report =
        ContractReportFormat.INSTANCE.read(
            Files.readAllBytes(
                folder.resolve("state/store/reports/sha256").resolve(dataset.report().sha256())));
    assertEquals(enforced, report.contractSha256());
    assertNotEquals(contract(List.of()).digest(), report.contractSha256());
    context
        .verifyInput(dataset.evidence(), Role.INGESTION)
        .requireMaterial(enforced, "the rules that were enforced");
  }

  private List<String> columns(ArtifactRef processed) throws SQLException {
    Path file = folder.resolve("state/store/processed/sha256").resolve(processed.sha256());
    List<String> columns = new ArrayList<>();
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement();
        ResultSet row =
            statement.executeQuery("DESCRIBE SELECT * FROM read_parquet('" + file + "')")) {
      while (row.next()) {
        columns.add(row.getString("column_name") + " " + row.getString("column_type"));
      }
    }
    return columns;
  }

  @Test
  void sameFile_givesTheSameParquet() {
    assertEquals(processed(ingest(GOOD)), processed(ingestAs("other@2", GOOD)));
  }

  @Test
  void finishedWork_isFoundAgainWhenTheSourceIsGone() throws IOException {
    Path file = Files.writeString(folder.resolve("source.csv"), GOOD);
    SourceSpecification source =
        new SourceSpecification(file.toString(), SourceFormat.CSV, ",", null);
    Dataset first = run("m@1", "execution", source, List.of());
    Files.delete(file);

    assertEquals(first, run("m@1", "execution", source, List.of()));
  }

  @Test
  void byteOrderMarkAndWindowsLines_areRead() {
    assertEquals(List.of(), ingest("\uFEFF" + GOOD.replace("\n", "\r\n")).breaches());
  }

  @Test
  void manyWindowsLines_areRead() {
    StringBuilder text = new StringBuilder("id,fare,vendor,paid,at\r\n");
    for (int i = 0; i < 30_000; i++) {
      text.append(i).append(",9.5,2,true,2019-02-07 15:48:06\r\n");
    }
    assertEquals(30_000, ingest(text.toString()).rows());
  }

  @Test
  void integersThatBecameDecimals_areATypeBreach() {
    ContractBreach breach = only(ingest(GOOD.replace(",2,true", ",2.0,true")));
    assertEquals(
        "column 'vendor', type: expected an integer (digits only, no decimal point, within 64"
            + " bits) (pandas writes integers with a point where one is missing: write the column as"
            + " Int64, or call it a number), 1 of 2 rows differ; line 2: '2.0'",
        breach.message());
  }

  @Test
  void missingRequiredValue_isABreach() {
    ContractBreach breach = only(ingest(GOOD.replace(",2,true", ",,true")));
    assertEquals("required", breach.rule());
    assertEquals(List.of("line 2: missing"), breach.examples());
  }

  @Test
  void valueOutOfRange_isABreach() {
    assertEquals(
        "column 'fare', maximum: expected at most 100, 1 of 2 rows differ; line 2: '900.5'",
        only(ingest(GOOD.replace("9.5", "900.5"))).message());
  }

  @Test
  void repeatedKey_isABreach() {
    assertEquals(
        List.of("line 2: '1'", "line 3: '1'"),
        only(ingest(GOOD.replace("\n2,", "\n1,"))).examples());
  }

  @Test
  void unlistedValue_isABreach() {
    assertEquals("allowedValues", only(ingest(GOOD.replace(",2,true", ",7,true"))).rule());
  }

  @Test
  void notANumber_isATypeBreach() {
    for (String value : List.of("abc", "NaN", "-Infinity", "1,5")) {
      assertEquals(
          "type", only(ingest(GOOD.replace(",9.5,", ",\"" + value + "\","))).rule(), value);
    }
  }

  @Test
  void unknownAndMissingColumns_areBreaches() {
    List<ContractBreach> breaches = ingest(GOOD.replace("fare", "price")).breaches();
    assertEquals(
        List.of("unknownColumn", "missingColumn"),
        breaches.stream().map(ContractBreach::rule).toList());
  }

  @Test
  void qualityRule_isHeldAgainstItsBound() {
    QualityRule rule =
        new QualityRule(
            "fare is never known",
            "fare",
            QualityMetric.NULL_VALUES,
            true,
            100.0,
            false,
            100.0,
            false,
            false,
            null);
    ContractBreach breach = only(ingest("m@1", GOOD, List.of(rule)));
    assertEquals("fare is never known", breach.rule());
    assertEquals(List.of("found 50 %", "line 2: '9.5'"), breach.examples());
    assertEquals(1, breach.count());
  }

  @Test
  void brokenContract_leavesNoProcessedData() throws IOException {
    Dataset dataset = ingest(GOOD.replace("9.5", "x"));
    assertInstanceOf(Dataset.Refused.class, dataset);
    assertTrue(
        new String(context.store().read(dataset.evidence().statement()), StandardCharsets.UTF_8)
            .contains("payload"));
    try (var files = Files.walk(folder.resolve("state/store/processed"))) {
      assertEquals(
          List.of(folder.resolve("state/store/processed/zone")),
          files.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void unreadableFiles_eachHaveOneClearMessage() {
    assertRefused("", "is empty (0 bytes)");
    assertRefused("id,fare,vendor,paid,at\n", "has a header and no rows");
    assertRefused(
        GOOD.replace(',', ';'),
        "has one column with delimiter ',' but 5 with ';': set source.delimiter to that");
    assertRefused("id,fare,vendor,paid,at\n1,2\n", "is not a well-formed CSV");
    assertRefused("id,id,vendor,paid,at\n1,2,3,4,5\n", "has column 'id' twice in its header");
    assertRefused(
        "id,Id,vendor,paid,at\n1,2,3,4,5\n",
        "has column 'Id' twice in its header (line 1), upper and lower case taken as one: rename"
            + " one");
    assertRefused("id,fare,vendor,paid,at\n1,\"2,3,4,5\n", "is not a well-formed CSV");
    assertRefused(
        GOOD + "x".repeat(1 << 21), "has a line of more than 1048576 characters at line 4");
  }

  @Test
  void malformedLine_isNamedWithTheReasonAndWithoutItsData() {
    String ragged = refusal(bytes("id,fare,vendor,paid,at\n1," + "x".repeat(90_000) + "\n"));
    assertTrue(ragged.contains("Line: 2"), ragged);
    assertTrue(ragged.contains("Expected Number of Columns: 5 Found: 2"), ragged);
    assertFalse(ragged.contains("xxx"), ragged);

    String open = refusal(bytes("id,fare,vendor,paid,at\n1,\"2,3,4,5\n6\n7\n8\n"));
    assertTrue(open.contains("unterminated quote"), open);
  }

  @Test
  void linesThatEndWithReturnsAlone_areNamed() {
    assertRefused("id,fare\r1,2\r", "ends its lines with CR alone: save it with LF or CR LF");
  }

  @Test
  void otherEncodings_areRefusedWithTheLine() throws IOException {
    assertTrue(
        refusal(GOOD.replace("2,,", "2,é,").getBytes(StandardCharsets.ISO_8859_1))
            .contains("is not UTF-8 at line 3: save it as UTF-8"));
    assertTrue(
        refusal(GOOD.getBytes(StandardCharsets.UTF_16LE))
            .contains("contains a zero byte at line 1"));
    assertTrue(
        refusal((GOOD + "3,é").getBytes(StandardCharsets.UTF_16LE))
            .contains("contains a zero byte at line 1"));
  }

  @Test
  void parquetThatIsCutOff_isNamedAsPeopleCallIt() throws IOException {
    Path cut = Files.write(folder.resolve("trips.parquet"), HexFormat.of().parseHex("5041523115"));
    ActivityFailure failure =
        assertThrows(
            ActivityFailure.class,
            () ->
                run(
                    "m@1",
                    new SourceSpecification(cut.toString(), SourceFormat.PARQUET, ",", null),
                    List.of()));
    String message = ((ApplicationFailure) failure.getCause()).getOriginalMessage();
    assertTrue(message.startsWith(cut + " is not a readable parquet file: "), message);
    assertFalse(message.contains("lockkeeper-ingestion"), message);
  }

  @Test
  void missingFile_isNamed() {
    ActivityFailure failure =
        assertThrows(ActivityFailure.class, () -> run("m@1", folder.resolve("no.csv"), List.of()));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertEquals("SOURCE_NOT_FOUND", cause.getType());
    assertTrue(cause.isNonRetryable());
    assertTrue(
        cause.getOriginalMessage().contains("no.csv does not exist"), cause.getOriginalMessage());
  }

  private void assertRefused(String text, String message) {
    String refusal = refusal(bytes(text));
    assertTrue(refusal.contains(message), refusal);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String refusal(byte[] content) {
    ActivityFailure failure =
        assertThrows(
            ActivityFailure.class,
            () -> run("m@1", Files.write(folder.resolve("source.csv"), content), List.of()));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertEquals("SOURCE_UNREADABLE", cause.getType(), cause.getOriginalMessage());
    return cause.getOriginalMessage();
  }

  private static ArtifactRef processed(Dataset dataset) {
    return assertInstanceOf(Dataset.Accepted.class, dataset).processed();
  }

  private static ContractBreach only(Dataset dataset) {
    assertEquals(1, dataset.breaches().size(), () -> dataset.breaches().toString());
    return dataset.breaches().get(0);
  }

  private Dataset ingest(String text) {
    return ingestAs("m@1", text);
  }

  private Dataset ingestAs(String runId, String text) {
    return ingest(runId, text, List.of());
  }

  private Dataset ingest(String runId, String text, List<QualityRule> rules) {
    try {
      return run(runId, Files.writeString(folder.resolve("source.csv"), text), rules);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Dataset run(String runId, Path source, List<QualityRule> rules) {
    return run(
        runId, new SourceSpecification(source.toString(), SourceFormat.CSV, ",", null), rules);
  }

  /** Each is an execution of its own. */
  private Dataset run(String runId, SourceSpecification source, List<QualityRule> rules) {
    return run(runId, "execution-" + executions++, source, rules);
  }

  private Dataset run(
      String runId, String execution, SourceSpecification source, List<QualityRule> rules) {
    return stage
        .call(IngestionActivities.class)
        .ingestDataset(
            new IngestInput(
                new RunContext(runId, execution, "default", "m", "1", "ann", "d"),
                source,
                contract(rules)));
  }

  private static DataContract contract(List<QualityRule> rules) {
    return new DataContract(
        "trips",
        "1",
        "trips",
        "0".repeat(64),
        List.of(
            column("id", ColumnType.INTEGER, true, true, null, List.of()),
            column("fare", ColumnType.NUMBER, false, false, 100.0, List.of()),
            column("vendor", ColumnType.INTEGER, true, false, null, List.of("1", "2")),
            column("paid", ColumnType.BOOLEAN, true, false, null, List.of()),
            column("at", ColumnType.TIMESTAMP, true, false, null, List.of())),
        rules);
  }

  private static ColumnContract column(
      String name,
      ColumnType type,
      boolean required,
      boolean unique,
      @Nullable Double maximum,
      List<String> allowed) {
    return new ColumnContract(name, type, required, unique, null, maximum, allowed, null, null);
  }
}
