package dev.lockkeeper.activities.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.features.BuildFeaturesInput;
import dev.lockkeeper.contracts.features.FeatureActivities;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.AppliedSplitFormat;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.FeatureTableFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Builds features row by row with the compiled program and keeps the tables in the features zone.
 */
final class TableFeatures implements FeatureActivities {

  private static final String PARQUET = "application/vnd.apache.parquet";

  private final StageContext context;
  private final DataEngineProvider engines;

  TableFeatures(StageContext context, DataEngineProvider engines) {
    this.context = context;
    this.engines = engines;
  }

  @Override
  public FeatureTable buildFeatures(BuildFeaturesInput input) {
    ArtifactRef processed = input.dataset().processed();
    List<?> inputs =
        List.of(processed.sha256(), input.contract().columns(), input.features(), input.split());
    return StageAttempt.runOnce(
        context,
        input.run().runId(),
        inputs,
        FeatureTableFormat.INSTANCE,
        (attempt, folder) -> build(input, processed, attempt, folder));
  }

  private FeatureTable build(
      BuildFeaturesInput input, ArtifactRef processed, StageAttempt attempt, Path folder)
      throws IOException {
    context.verifyInput(input.dataset().evidence(), Role.INGESTION, processed);
    FeatureProgram program = FeatureCompiler.compile(input.features(), input.contract().columns());
    Path source = context.store().localCopy(processed, folder);
    SplitTables tables = tables(input, source, folder, program, attempt);
    ArtifactRef programRef = context.store().put(Zone.FEATURES, program.json(), "application/json");
    ArtifactRef training = context.store().put(Zone.FEATURES, tables.training(), PARQUET);
    ArtifactRef holdout = context.store().put(Zone.FEATURES, tables.holdout(), PARQUET);
    byte[] statement =
        context
            .signer()
            .provenance(
                input.run(),
                List.of(
                    new Subject("training", training.sha256()),
                    new Subject("holdout", holdout.sha256()),
                    new Subject(PackageFile.FEATURE_PROGRAM, programRef.sha256())),
                List.of(new Material(processed.uri(), processed.sha256())),
                parameters(input, tables));
    return new FeatureTable(
        programRef,
        program.featureNames(),
        program.labelName(),
        training,
        holdout,
        tables.trainingRows(),
        tables.holdoutRows(),
        tables.filteredRows(),
        tables.split(),
        attempt.evidence(statement));
  }

  private SplitTables tables(
      BuildFeaturesInput input,
      Path source,
      Path folder,
      FeatureProgram program,
      StageAttempt attempt) {
    try (DataEngine engine = engines.open(folder)) {
      return SplitTables.write(
          engine, source, program, input.contract().columns(), input.split(), attempt::heartbeat);
    } catch (SQLException e) {
      throw new StageException(
          FailureType.SPECIFICATION_INVALID,
          "the feature tables cannot be built: " + e.getMessage(),
          e);
    }
  }

  private static ObjectNode parameters(BuildFeaturesInput input, SplitTables tables) {
    ObjectNode parameters = Json.mapper().createObjectNode();
    parameters.put("featureSetVersion", input.features().version());
    parameters.set("split", AppliedSplitFormat.INSTANCE.fields(tables.split()).json());
    parameters.set("periods", tables.periods());
    parameters.put("trainingRows", tables.trainingRows());
    parameters.put("holdoutRows", tables.holdoutRows());
    parameters.put("filteredRows", tables.filteredRows());
    return parameters;
  }
}
