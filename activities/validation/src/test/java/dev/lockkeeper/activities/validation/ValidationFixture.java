package dev.lockkeeper.activities.validation;

import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.AppliedSplitFormat;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.testing.SignedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stages before validation, made by hand with real keys: tips are more likely for long trips
 * paid by card.
 */
final class ValidationFixture {

  static final RunContext RUN =
      new RunContext("tips@2", "run-1", "default", "tips", "2", "ada", "0".repeat(64));
  static final float[] TRUE_WEIGHTS = {0.4f, 2f};
  static final float TRUE_BIAS = -2.2f;
  private static final int ROWS = 2000;

  private final Path folder;
  private final SignedRun signed;

  ValidationFixture(Path folder) throws IOException {
    this.folder = folder;
    this.signed = SignedRun.in(folder, RUN);
  }

  SignedRun signed() {
    return signed;
  }

  static FeatureProgram program(String distance) {
    return FeatureCompiler.compile(
        new FeatureSetSpecification(
            "1",
            null,
            List.of(
                new FeatureSpecification("miles", "coalesce(" + distance + ", 0.0)"),
                new FeatureSpecification("card", "payment == 'card'")),
            new LabelSpecification("tipped", "tip > 0.0")),
        List.of(
            column(distance, ColumnType.NUMBER),
            column("payment", ColumnType.STRING),
            column("tip", ColumnType.NUMBER)));
  }

  private static ColumnContract column(String name, ColumnType type) {
    return new ColumnContract(name, type, false, false, null, null, List.of(), null, null);
  }

  FeatureTable features() throws IOException, SQLException {
    Path parquet = folder.resolve("holdout.parquet");
    Files.deleteIfExists(parquet);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(
          "COPY (SELECT *, CASE WHEN tipped = 1 THEN 2.5 ELSE 0.0 END AS tip FROM (SELECT miles, payment,"
              + " CASE WHEN hash(i, 'l') % 10000 / 10000.0 < 1 / (1 + exp(-(0.4 * coalesce(miles, 0) + CASE payment WHEN"
              + " 'card' THEN 2 ELSE 0 END - 2.2))) THEN 1 ELSE 0 END AS tipped FROM (SELECT i, CASE WHEN i % 50 = 0"
              + " THEN NULL ELSE hash(i, 'm') % 1000 / 100.0 END AS miles, CASE WHEN hash(i, 'p') % 2 = 0 THEN 'card'"
              + " ELSE 'cash' END AS payment FROM range("
              + ROWS
              + ") t(i)))) TO '"
              + parquet
              + "' (FORMAT parquet)");
    }
    return signed.features(
        program("miles"),
        signed.put(Zone.FEATURES, "training"),
        1,
        signed.put(Zone.FEATURES, Files.readAllBytes(parquet)),
        ROWS,
        List.of(signed.put(Zone.PROCESSED, "processed")));
  }

  /** Content of a row decides its side. */
  static AppliedSplit splitBy(long seed) {
    return new AppliedSplit(
        new SplitSpecification(0.2, null, seed),
        List.of("miles", "payment", "tip"),
        null,
        0,
        0,
        0,
        List.of());
  }

  /** A features statement that says how the rows were split. */
  Evidence featuresStatement(RunContext run, FeatureTable features, AppliedSplit split)
      throws IOException {
    StageContext stage = signed.delivering(Role.FEATURES);
    byte[] envelope =
        stage
            .signer()
            .provenance(
                run,
                List.of(
                    new Subject("training", features.training().sha256()),
                    new Subject("holdout", features.holdout().sha256()),
                    new Subject("program", features.program().sha256())),
                List.of(),
                Json.mapper()
                    .createObjectNode()
                    .set("split", AppliedSplitFormat.INSTANCE.fields(split).json()));
    return new Evidence(stage.storeStatement(envelope), 1, 1);
  }

  /** The candidate and a stable version, each with a split that its features statement says. */
  ValidateModelInput compared(
      byte[] onnx, byte[] stable, ValidationSpecification validation, long seed, long stableSeed)
      throws IOException, SQLException {
    FeatureTable unsplit = features();
    FeatureTable features =
        new FeatureTable(
            unsplit.program(),
            unsplit.featureNames(),
            unsplit.labelName(),
            unsplit.training(),
            unsplit.holdout(),
            unsplit.trainingRows(),
            unsplit.holdoutRows(),
            0,
            splitBy(seed),
            featuresStatement(RUN, unsplit, splitBy(seed)));
    RunContext first =
        new RunContext("tips@1", "run-0", "default", "tips", "1", "ada", "0".repeat(64));
    Evidence statement = featuresStatement(first, unsplit, splitBy(stableSeed));
    ModelPackage serving =
        signed
            .ofRun(first)
            .modelPackage(
                Map.of(
                    PackageFile.FEATURE_PROGRAM,
                    program("miles").json(),
                    PackageFile.MODEL,
                    stable,
                    PackageFile.FEATURES_STATEMENT,
                    signed.delivering(Role.FEATURES).store().read(statement.statement())));
    return new ValidateModelInput(RUN, features, model(features, onnx), validation, serving);
  }

  TrainedModel model(FeatureTable features, byte[] onnx) throws IOException {
    return signed.model(features, onnx);
  }

  /** A package of version 1 with a model and a program of its own. */
  ModelPackage stable(byte[] onnx, FeatureProgram program) throws IOException {
    RunContext first =
        new RunContext("tips@1", "run-0", "default", "tips", "1", "ada", "0".repeat(64));
    return signed
        .ofRun(first)
        .modelPackage(Map.of(PackageFile.FEATURE_PROGRAM, program.json(), PackageFile.MODEL, onnx));
  }

  ValidateModelInput input(
      byte[] onnx, ValidationSpecification validation, @Nullable ModelPackage stable)
      throws IOException, SQLException {
    FeatureTable features = features();
    return new ValidateModelInput(RUN, features, model(features, onnx), validation, stable);
  }
}
