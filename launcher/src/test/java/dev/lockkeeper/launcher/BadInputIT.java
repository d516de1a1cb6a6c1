package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people get wrong, typed at one running {@code dev}: each mistake has one clear error and
 * leaves nothing half-written, and after all of them a good run goes to production.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs({Needs.Part.TEMPORAL, Needs.Part.BUBBLEWRAP})
@Timeout(60) // a run that is taken for good waits for its approval
class BadInputIT {

  @TempDir static Path folder;
  private static StateFolder state;
  private static Program dev;
  private static Terminal terminal;
  private static Path pipeline;
  private static Path trips;
  private static String csv;
  private static int versions;

  @BeforeAll
  static void open() throws Exception {
    Path executable = TestExecutable.require();
    state = new StateFolder(folder.resolve("state"));
    trips = folder.resolve("trips.csv");
    TaxiTrips.write(trips, 5, 4_000);
    csv = Files.readString(trips);
    DemoFiles.copy("contract.yaml", folder, text -> text);
    pipeline = DemoFiles.copy("release-1.yaml", folder, text -> DemoFiles.soon(text, 1));
    dev = Program.dev(folder, state.path(), executable);
    enrolAlice();
    terminal = new Terminal(state, none -> new Untraced());
  }

  @AfterAll
  static void close() {
    if (dev != null) {
      dev.close();
    }
  }

  @Test
  @Order(1)
  void missingFile_startsNoRun() throws Exception {
    assertNotStarted(folder.resolve("no.csv"), "no such file; --data FILE names another data file");
  }

  @Test
  @Order(1)
  void emptyFile_startsNoRun() throws Exception {
    assertNotStarted(data("empty.csv", new byte[0]), "is empty (0 bytes); expected data");
  }

  @Test
  @Order(1)
  void folderForAFile_startsNoRun() throws Exception {
    assertNotStarted(
        Files.createDirectory(folder.resolve("data.csv")),
        "is a folder; expected the data file itself");
  }

  @Test
  @Order(1)
  void unknownKey_isNamedWithItsLine() throws Exception {
    Path file = pipeline("unknown.yaml", text -> text.replace("training: {", "trainig: {"));

    String refused = refused(2, "run", file.toString());

    assertTrue(
        refused.contains(file + ":" + line(file, "trainig") + ": trainig: unknown key; expected"),
        refused);
    assertTrue(refused.contains("training: is missing"), refused);
  }

  @Test
  @Order(1)
  void typeErrorsInExpressions_areEachNamedWithTheirLine() throws Exception {
    Path file =
        pipeline(
            "types.yaml",
            text ->
                text.replace("expression: log1p(fare)", "expression: log1p(company)")
                    .replace("tips > 0.2 * fare", "tips"));
    for (String command : List.of("validate", "run")) {
      String refused = refused(2, command, file.toString());

      assertTrue(
          refused.contains(
              file + ":" + line(file, "log1p(company)") + ": expression 'log_fare': column 36: "),
          refused);
      assertTrue(
          refused.contains(
              file
                  + ":"
                  + line(file, "label:")
                  + ": expression 'generous': expected a boolean, this is a number; compare"),
          refused);
    }
  }

  @Test
  @Order(1)
  void pipelineThatIsNone_isRefused() throws Exception {
    assertTrue(refused(2, "validate", folder.toString()).contains(folder + ": is a folder"));
    Path latin =
        Files.write(folder.resolve("l.yaml"), bytes("name: é", StandardCharsets.ISO_8859_1));
    assertTrue(refused(2, "validate", latin.toString()).contains(latin + ": not UTF-8 text"));
  }

  @Test
  @Order(2)
  void headerAlone_failsTheRun() throws Exception {
    Path file = data("header.csv", bytes(csv.substring(0, csv.indexOf('\n') + 1)));
    assertUnreadable(file, "has a header and no rows: expected at least one row after line 1");
  }

  @Test
  @Order(2)
  void otherDelimiter_failsTheRunWithTheRightOne() throws Exception {
    Path file = data("semicolons.csv", bytes(csv.replace(',', ';')));
    assertUnreadable(
        file, "has one column with delimiter ',' but 9 with ';': set source.delimiter to that");
  }

  @Test
  @Order(2)
  void otherEncodings_failTheRun() throws Exception {
    String foreign = csv.replaceFirst("Blue Line", "Blåe Liné");
    int line = (int) foreign.substring(0, foreign.indexOf('å') + 1).lines().count();
    assertUnreadable(
        data("latin.csv", bytes(foreign, StandardCharsets.ISO_8859_1)),
        "is not UTF-8 at line " + line + ": save it as UTF-8");
    assertUnreadable(
        data("utf16.csv", bytes(foreign, StandardCharsets.UTF_16)),
        "is UTF-16 text, not text in UTF-8: save it as UTF-8");
    assertUnreadable(
        data("utf16le.csv", bytes(foreign, StandardCharsets.UTF_16LE)),
        "contains a zero byte at line 1: this is not text (UTF-16, or a binary file?)");
  }

  @Test
  @Order(2)
  void raggedRow_failsTheRunWithItsLine() throws Exception {
    String[] lines = csv.split("\n");
    lines[6] = lines[6].substring(0, lines[6].lastIndexOf(','));
    String ragged =
        assertUnreadable(
            data("ragged.csv", bytes(String.join("\n", lines))), "is not a well-formed CSV");
    assertTrue(ragged.contains("Line: 7"), ragged);
    assertTrue(ragged.contains("Expected Number of Columns: 9 Found: 8"), ragged);
  }

  @Test
  @Order(2)
  void filesThatAreNoText_failTheRun() throws Exception {
    byte[] packed = gzip(csv);
    assertUnreadable(
        data("trips.csv.gz", Arrays.copyOf(packed, packed.length / 2)),
        "is compressed (gzip), not text in UTF-8: unpack it and name the unpacked file");
    assertUnreadable(data("cut.parquet", bytes("PAR1" + csv)), "is not a readable parquet file: ");
    assertUnreadable(
        data("program.csv", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0}),
        "contains a zero byte at line 1: this is not text");
  }

  @Test
  @Order(2)
  void constantLabel_failsTheRun() throws Exception {
    StoreContents before = StoreContents.whole(state);
    Path file = pipeline("constant.yaml", text -> text.replace("tips > 0.2 * fare", "tips >= 0"));

    Terminal.Answer run = follow(file, trips);

    assertFailed(
        run, "LABEL_UNUSABLE: label 'generous': ", "a model needs both kinds on both sides");
    assertEquals(
        Set.of("evidence", "processed", "raw", "reports"),
        StoreContents.whole(state).grownSince(before));
  }

  @Test
  @Order(3)
  void zoneThatCannotBeWritten_isTriedAgainVisiblyUntilItCan() throws Exception {
    Path zone = state.store().resolve("processed");
    Path aside = state.store().resolveSibling("processed-aside");
    Files.move(zone, aside);
    Files.writeString(zone, "");
    Terminal.Answer started =
        terminal.type("run", pipeline.toString(), "--version", "good", "--as", "engineer");
    assertEquals(0, started.exitCode(), started.err());

    JsonNode ingestion =
        Terminal.stage(
            terminal.await(
                "taxi-tips@good",
                run -> Terminal.stage(run, "ingestion").path("attempts").asInt() > 1),
            "ingestion");
    Files.delete(zone);
    Files.move(aside, zone);

    assertEquals("RUNNING", ingestion.path("state").asText(), ingestion.toString());
    assertTrue(
        ingestion
            .path("message")
            .asText()
            .startsWith("trying again after STORE_UNAVAILABLE: cannot reach zone 'processed'"),
        ingestion.toString());
    JsonNode waiting = terminal.await("taxi-tips@good", "approval", "WAITING");
    assertTrue(waiting.path("verdict").isNull(), waiting.toString());
    StoreContents.whole(state);
  }

  @Test
  @Order(4)
  void decisionSignedElsewhere_promotesTheGoodRun() throws Exception {
    Path key = folder.resolve("alice");
    Path document = folder.resolve("decision.json");
    Terminal.Answer review =
        terminal.type("review", "taxi-tips@good", "--as", "alice", "--write", document.toString());
    assertEquals(0, review.exitCode(), review.err());
    String[] approve = {
      "approve",
      "taxi-tips@good",
      "--document",
      document.toString(),
      "--signature",
      document + ".sig"
    };

    assertTrue(refused(2, approve).contains(document + ".sig: no such file"));
    sshKeygen(
        "-Y", "sign", "-n", "lockkeeper-approval@v1", "-f", key.toString(), document.toString());
    String text = Files.readString(document);
    Files.writeString(document, text.replace("\"reason\":\"\"", "\"reason\":\"late\""));
    assertFalse(Files.readString(document).equals(text), text);
    assertTrue(refused(9, approve).contains("the decision does not count"));
    Files.writeString(document, text);
    Terminal.Answer approved = terminal.type(approve);

    assertEquals(0, approved.exitCode(), approved.err());
    assertTrue(
        approved.out().startsWith("APPROVE by alice counts for taxi-tips@good"), approved.out());
    assertEquals("PROMOTED", terminal.awaitEnd("taxi-tips@good").path("verdict").asText());
    assertTrue(refused(7, approve).contains("run taxi-tips@good has ended"));
  }

  private static void enrolAlice() throws Exception {
    sshKeygen("-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("alice").toString());
    String[] key = Files.readString(folder.resolve("alice.pub")).split(" ");
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"lockkeeper-approval@v1\" " + key[0] + " " + key[1] + "\n",
        StandardOpenOption.APPEND);
  }

  private static void assertNotStarted(Path data, String message) throws IOException {
    String version = "n" + versions++;
    StoreContents before = StoreContents.whole(state);
    String refused =
        refused(2, "run", pipeline.toString(), "--data", data.toString(), "--version", version);
    assertTrue(refused.contains("error: " + data + ": " + message), refused);
    assertEquals(Set.of(), StoreContents.whole(state).grownSince(before));
    Terminal.Answer status = terminal.type("status", "taxi-tips@" + version);
    assertEquals(6, status.exitCode(), status.out() + status.err());
  }

  private static String assertUnreadable(Path data, String message) throws IOException {
    StoreContents before = StoreContents.whole(state);
    Terminal.Answer run = follow(pipeline, data);
    String said = assertFailed(run, "SOURCE_UNREADABLE: " + data + " " + message);
    assertEquals(Set.of("raw"), StoreContents.whole(state).grownSince(before));
    return said;
  }

  /** The last line says it all. */
  private static String assertFailed(Terminal.Answer run, String... words) {
    assertEquals(1, run.exitCode(), run.out() + run.err());
    OneError.assertNoInsides(run.out() + run.err());
    String last = run.out().strip().substring(run.out().strip().lastIndexOf('\n') + 1);
    for (String word : words) {
      assertTrue(last.contains(word), last);
    }
    assertFalse(last.contains("Exception"), last);
    return last;
  }

  private static Terminal.Answer follow(Path pipeline, Path data) {
    return terminal.type(
        "run",
        pipeline.toString(),
        "--data",
        data.toString(),
        "--version",
        "b" + versions++,
        "--follow");
  }

  private static String refused(int exitCode, String... arguments) {
    Terminal.Answer answer = terminal.type(arguments);
    assertEquals(exitCode, answer.exitCode(), answer.out() + answer.err());
    assertEquals("", answer.out());
    OneError.in(answer.err());
    return answer.err();
  }

  private static Path pipeline(String name, UnaryOperator<String> change) throws IOException {
    String text = Files.readString(pipeline);
    String changed = change.apply(text);
    assertFalse(changed.equals(text), text);
    return Files.writeString(folder.resolve(name), changed);
  }

  private static int line(Path file, String sought) throws IOException {
    String text = Files.readString(file);
    return 1 + (int) text.substring(0, text.indexOf(sought)).chars().filter(c -> c == '\n').count();
  }

  private static Path data(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] bytes(String text) {
    return bytes(text, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes(text));
    }
    return packed.toByteArray();
  }

  private static void sshKeygen(String... arguments) throws Exception {
    String[] line = new String[arguments.length + 1];
    line[0] = "ssh-keygen";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0, said);
  }
}
