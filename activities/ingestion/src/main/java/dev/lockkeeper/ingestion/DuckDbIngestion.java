package dev.lockkeeper.ingestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.ingestion.ContractBreach;
import dev.lockkeeper.contracts.ingestion.DataContract;
import dev.lockkeeper.contracts.ingestion.Dataset;
import dev.lockkeeper.contracts.ingestion.IngestInput;
import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Digests;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.stage.QueryEngine;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ingests with DuckDB: everything is read as text first, so that a wrong type is a breach with its
 * lines.
 */
final class DuckDbIngestion implements IngestionActivities {

  private static final String PARQUET = "application/vnd.apache.parquet";
  private static final int MAXIMUM_BREACHES = 50;

  private final Desk desk;

  DuckDbIngestion(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Dataset ingestDataset(IngestInput input) {
    Path source = StageAttempt.translate(() -> SourceFile.require(input.source()));
    String digest = StageAttempt.translate(() -> digest(source));
    List<?> inputs =
        List.of(
            digest,
            input.source().format(),
            input.source().delimiter(),
            SourceTable.missing(input.source()),
            input.contract());
    return StageAttempt.once(
        desk,
        input.run().runId(),
        inputs,
        Dataset.class,
        (attempt, folder) -> ingest(input, source, attempt, folder));
  }

  private Dataset ingest(IngestInput input, Path source, StageAttempt attempt, Path folder)
      throws IOException {
    ArtifactRef raw = desk.store().put(Zone.RAW, source, "application/octet-stream");
    Path copy = desk.store().localCopy(raw, folder);
    attempt.heartbeat("copied " + raw.bytes() + " bytes");
    try (QueryEngine engine = QueryEngine.open(folder)) {
      SourceTable table = SourceTable.load(engine, copy, input.source(), input.contract());
      attempt.heartbeat("read " + table.rows() + " rows");
      List<ContractBreach> breaches = new ContractCheck(engine, table, input.contract()).breaches();
      Path parquet = folder.resolve("processed.parquet");
      if (breaches.isEmpty()) {
        table.writeTyped(parquet, input.contract().columns());
      }
      return deliver(
          input, attempt, raw, table.rows(), breaches, breaches.isEmpty() ? parquet : null);
    } catch (SQLException e) {
      throw new StageException(
          FailureType.SOURCE_UNREADABLE,
          input.source().path() + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  private Dataset deliver(
      IngestInput input,
      StageAttempt attempt,
      ArtifactRef raw,
      long rows,
      List<ContractBreach> breaches,
      @Nullable Path parquet) {
    DataContract contract = input.contract();
    ArtifactRef processed =
        parquet == null ? null : desk.store().put(Zone.PROCESSED, parquet, PARQUET);
    ArtifactRef report =
        desk.store()
            .put(Zone.REPORTS, ContractReport.json(input, raw, rows, breaches), "application/json");
    ObjectNode parameters = Json.mapper().createObjectNode();
    parameters.put("contract", contract.id() + " " + contract.version());
    parameters.put("rows", rows);
    parameters.put("accepted", breaches.isEmpty());
    Subject subject =
        processed == null
            ? new Subject("report", report.sha256())
            : new Subject("processed", processed.sha256());
    byte[] statement =
        desk.signer()
            .provenance(
                input.run(),
                List.of(subject),
                List.of(
                    new Material(raw.uri(), raw.sha256()),
                    new Material("contract", contract.digest())),
                parameters);
    List<ContractBreach> first = breaches.subList(0, Math.min(MAXIMUM_BREACHES, breaches.size()));
    return new Dataset(
        raw, processed, rows, List.copyOf(first), report, attempt.evidence(statement));
  }

  private static String digest(Path source) {
    try {
      return Digests.sha256(source);
    } catch (IOException e) {
      throw new UncheckedIOException(source + " cannot be read: " + e.getMessage(), e);
    }
  }
}
