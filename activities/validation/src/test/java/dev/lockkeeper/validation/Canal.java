package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.features.FeatureSetSpecification;
import dev.lockkeeper.contracts.features.FeatureSpecification;
import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.features.LabelSpecification;
import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ColumnType;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.contracts.training.TrainedModel;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationSpecification;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.FileSigner;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.custody.release.ModelSigning;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stages before validation, made by hand with real keys: tips are more likely for long trips
 * paid by card.
 */
final class Canal {

  static final RunContext RUN =
      new RunContext("tips@2", "run-1", "default", "tips", "2", "ada", "0".repeat(64));
  static final float[] TRUE_WEIGHTS = {0.4f, 2f};
  static final float TRUE_BIAS = -2.2f;
  private static final int ROWS = 2000;

  private final Path folder;
  private final StateFolder state;

  Canal(Path folder) throws IOException {
    this.folder = folder;
    this.state = new StateFolder(folder.resolve("state")).initialise();
  }

  Desk desk(Role role) throws IOException {
    return Desk.open(state, role);
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
    Desk desk = desk(Role.FEATURES);
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
    ArtifactRef holdout =
        desk.store().put(Zone.FEATURES, parquet, "application/vnd.apache.parquet");
    ArtifactRef training = desk.store().put(Zone.FEATURES, new byte[] {1}, "application/x");
    FeatureProgram program = program("miles");
    ArtifactRef programRef = desk.store().put(Zone.FEATURES, program.json(), "application/json");
    byte[] envelope =
        desk.signer()
            .provenance(
                RUN,
                List.of(
                    new Subject("training", training.sha256()),
                    new Subject("holdout", holdout.sha256()),
                    new Subject("program", programRef.sha256())),
                List.of(new Material("processed", "1".repeat(64))),
                Json.mapper().createObjectNode());
    return new FeatureTable(
        programRef,
        program.featureNames(),
        "tipped",
        training,
        holdout,
        1,
        ROWS,
        0,
        new Evidence(desk.file(envelope), 1, 1));
  }

  TrainedModel model(FeatureTable features, byte[] onnx) throws IOException {
    Desk desk = desk(Role.TRAINING);
    ArtifactRef model = desk.store().put(Zone.CANDIDATES, onnx, "application/onnx");
    ArtifactRef record = desk.store().put(Zone.CANDIDATES, new byte[] {2}, "application/json");
    byte[] envelope =
        desk.signer()
            .provenance(
                RUN,
                List.of(
                    new Subject("model", model.sha256()), new Subject("record", record.sha256())),
                List.of(
                    new Material("training", features.training().sha256()),
                    new Material("program", features.program().sha256())),
                Json.mapper().createObjectNode());
    return new TrainedModel(
        model, record, "by-hand", "process", new Evidence(desk.file(envelope), 1, 1));
  }

  /** A package of version 1 with a model and a program of its own. */
  ModelPackage stable(byte[] onnx, FeatureProgram program) throws IOException {
    Desk desk = desk(Role.REGISTRY);
    ArtifactRef features = desk.store().put(Zone.MODELS, program.json(), "application/json");
    ArtifactRef model = desk.store().put(Zone.MODELS, onnx, "application/onnx");
    TreeMap<String, String> files = new TreeMap<>();
    files.put("features.json", features.sha256());
    files.put("model.onnx", model.sha256());
    byte[] bundle = ModelSigning.sign("tips@1", files, FileSigner.load(state.key(Role.REGISTRY)));
    ArtifactRef signature = desk.store().put(Zone.MODELS, bundle, "application/json");
    return new ModelPackage(
        "tips",
        "1",
        ModelSigning.root(files.values()),
        List.of(new PackageFile("features.json", features), new PackageFile("model.onnx", model)),
        signature,
        new Evidence(signature, 1, 1));
  }

  ValidateModelInput input(
      byte[] onnx, ValidationSpecification validation, @Nullable ModelPackage stable)
      throws IOException, SQLException {
    FeatureTable features = features();
    return new ValidateModelInput(RUN, features, model(features, onnx), validation, stable);
  }
}
