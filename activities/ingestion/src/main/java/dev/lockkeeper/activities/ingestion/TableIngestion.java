package dev.lockkeeper.activities.ingestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.ingestion.IngestInput;
import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.ContractDigest;
import dev.lockkeeper.formats.ingestion.ContractReport;
import dev.lockkeeper.formats.ingestion.ContractReportFormat;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.ingestion.DatasetFormat;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ingests with the data engine: everything is read as text first, so that a wrong type is a breach
 * with its lines.
 */
final class TableIngestion implements IngestionActivities {

  private static final String PARQUET = "application/vnd.apache.parquet";
  private static final int MAXIMUM_BREACHES = 50;

  private final StageContext context;
  private final DataEngineProvider engines;
  private final SourceRoots roots;

  TableIngestion(StageContext context, DataEngineProvider engines, SourceRoots roots) {
    this.context = context;
    this.engines = engines;
    this.roots = roots;
  }

  /**
   * Finished work is found by the execution and what was asked of it, and not by the source's
   * digest: a retry does not need the source again, which may have changed or be gone.
   */
  @Override
  public Dataset ingestDataset(IngestInput input) {
    return StageAttempt.runOnce(
        context,
        input.run().runId(),
        List.of(input.run().workflowRunId(), input.source(), input.contract()),
        DatasetFormat.INSTANCE,
        (attempt, folder) -> ingest(input, attempt, folder));
  }

  private Dataset ingest(IngestInput input, StageAttempt attempt, Path folder) throws IOException {
    Path source = roots.require(input.source());
    ArtifactRef raw = context.store().put(Zone.RAW, source, "application/octet-stream");
    Path copy = context.store().localCopy(raw, folder);
    attempt.heartbeat("copied " + raw.bytes() + " bytes");
    try (DataEngine engine = engines.open(folder)) {
      SourceTable table = SourceTable.load(engine, copy, input.source(), input.contract());
      attempt.heartbeat("read " + table.rows() + " rows");
      List<ContractBreach> breaches =
          new ContractCheck(engine, table, input.contract()).breaches(attempt::heartbeat);
      Path parquet = folder.resolve("processed.parquet");
      attempt.heartbeat("checked " + table.rows() + " rows");
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
        parquet == null ? null : context.store().put(Zone.PROCESSED, parquet, PARQUET);
    String digest = ContractDigest.of(contract);
    ContractReport held =
        new ContractReport(
            input.run().runId(),
            input.source().path(),
            raw.sha256(),
            contract.id(),
            contract.version(),
            digest,
            rows,
            breaches);
    ArtifactRef report =
        context
            .store()
            .put(Zone.REPORTS, ContractReportFormat.INSTANCE.write(held), "application/json");
    ObjectNode parameters = Json.mapper().createObjectNode();
    parameters.put("contract", contract.id() + " " + contract.version());
    parameters.put("rows", rows);
    parameters.put("accepted", breaches.isEmpty());
    Subject subject =
        processed == null
            ? new Subject("report", report.sha256())
            : new Subject("processed", processed.sha256());
    byte[] statement =
        context
            .signer()
            .provenance(
                input.run(),
                List.of(subject),
                List.of(new Material(raw.uri(), raw.sha256()), new Material("contract", digest)),
                parameters);
    List<ContractBreach> first = breaches.subList(0, Math.min(MAXIMUM_BREACHES, breaches.size()));
    Evidence evidence = attempt.evidence(statement);
    return processed == null
        ? new Dataset.Refused(raw, rows, List.copyOf(first), report, evidence)
        : new Dataset.Accepted(raw, processed, rows, report, evidence);
  }
}
