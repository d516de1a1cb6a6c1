package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.workers.WorkerRoles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples on real files: what they score, and what their contracts refuse. */
@Needs({Needs.Part.TEMPORAL, Needs.Part.REAL_DATA})
class RealDataIT {

  private static final Path EXAMPLES = Path.of("../examples");

  @TempDir static Path folder;
  private static StateFolder state;
  private static LocalCluster cluster;
  private static Terminal terminal;

  @BeforeAll
  static void open() throws Exception {
    ServerOptions options = new ServerOptions().onFreePorts();
    options.executable = TestExecutable.require();
    options.server = "dev";
    state = WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    String alice = SshSigner.generate(folder.resolve("alice"), "alice");
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"" + DecisionDocument.SIGNATURE_NAMESPACE + "\" " + alice + "\n",
        StandardOpenOption.APPEND);
    cluster = LocalCluster.open(options, 0, state, Terminal.quiet());
    terminal = new Terminal(state, folder -> new Untraced());
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void chicago_scoresAsAPlainXgboostRunOnTheSameRows() throws Exception {
    Path trips = RealData.file("chicago-taxi/trips.csv");
    JsonNode run = reviewed("chicago-taxi/pipeline.yaml", trips, "chicago-taxi-tips");
    JsonNode auc = run.path("metrics").path("auc");
    double plain = PlainXgboost.chicagoAuc(trips, holdout(run));
    double ours = auc.path("value").asDouble();
    String figures =
        String.format(
            Locale.ROOT,
            "Chicago taxi, area under the ROC curve on the hold-out: %.4f [%.4f, %.4f];"
                + " plain XGBoost on the same rows %.4f; difference %.5f%n",
            ours,
            auc.path("low").asDouble(),
            auc.path("high").asDouble(),
            plain,
            ours - plain);
    System.out.print(figures);
    Files.writeString(Path.of("target", "chicago-auc.txt"), figures);
    assertEquals(plain, ours, 0.005);
  }

  @Test
  void adult_isReviewedWithItsFairness() {
    JsonNode run =
        reviewed("adult-income/pipeline.yaml", RealData.file("adult/adult.csv"), "adult-income");
    assertTrue(run.path("metrics").path("auc").path("value").asDouble() > 0.9, run.toString());
  }

  @Test
  void nycTaxi_isAcceptedUnderTheContractOfItsMonth() {
    nycReviewed("pipeline.yaml", "2018-12");
    nycReviewed("pipeline-2019-06.yaml", "2019-06");
  }

  @Test
  void nycTaxiOfFebruary2019_isRefusedForTheSurcharge() {
    String why = refused("nyc-taxi/pipeline.yaml", "2019-02.csv", "feb");
    assertTrue(
        why.contains("column 'congestion_surcharge', no congestion surcharge is charged:"), why);
    assertTrue(why.contains("10000 of 10000 rows"), why);
  }

  @Test
  void nycTaxiOfJuly2019_isRefusedForItsCodes() {
    String why = refused("nyc-taxi/pipeline-2019-06.yaml", "2019-07.csv", "jul");
    for (String column : new String[] {"vendor_id", "passenger_count", "rate_code_id"}) {
      assertTrue(why.contains("column '" + column + "', required"), why);
    }
  }

  private static void nycReviewed(String pipeline, String month) {
    Path data = RealData.file("nyc-taxi/" + month + ".csv");
    reviewed("nyc-taxi/" + pipeline, data, "nyc-taxi-tips", month);
  }

  private static JsonNode reviewed(String pipeline, Path data, String model) {
    return reviewed(pipeline, data, model, "real");
  }

  private static JsonNode reviewed(String pipeline, Path data, String model, String version) {
    Terminal.Answer started =
        terminal.type(
            "run",
            EXAMPLES.resolve(pipeline).toString(),
            "--data",
            data.toString(),
            "--version",
            version,
            "--as",
            "engineer");
    assertEquals(0, started.exitCode(), started.err());
    JsonNode run = terminal.await(model + "@" + version, "approval", "WAITING");
    assertTrue(run.path("verdict").isNull(), run.path("message").asText());
    return run;
  }

  private static String refused(String pipeline, String data, String version) {
    Terminal.Answer run =
        terminal.type(
            "run",
            EXAMPLES.resolve(pipeline).toString(),
            "--data",
            RealData.file("nyc-taxi/" + data).toString(),
            "--version",
            version,
            "--follow");
    assertEquals(3, run.exitCode(), run.err());
    return run.out() + run.err();
  }

  /** The hold-out that the run's signed feature statement names. */
  private static Path holdout(JsonNode run) throws Exception {
    String statement = Terminal.stage(run, "features").path("statement").asText();
    byte[] envelope = Files.readAllBytes(object("evidence", statement.replaceAll(".*/", "")));
    String payload = Json.mapper().readTree(envelope).path("payload").asText();
    JsonNode subjects = Json.mapper().readTree(Base64.getDecoder().decode(payload)).path("subject");
    for (JsonNode subject : subjects) {
      if (subject.path("name").asText().equals("holdout")) {
        return object("features", subject.path("digest").path("sha256").asText());
      }
    }
    throw new AssertionError("no hold-out in " + subjects);
  }

  private static Path object(String zone, String sha256) {
    return state.store().resolve(zone).resolve("sha256").resolve(sha256);
  }
}
