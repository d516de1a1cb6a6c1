package dev.lockkeeper.activities.ingestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.contracts.ingestion.IngestInput;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.ContractDigest;
import java.util.List;

/** The machine-readable report of a data set against its contract. */
final class ContractReport {

  private ContractReport() {}

  static byte[] json(IngestInput input, ArtifactRef raw, long rows, List<ContractBreach> breaches) {
    ObjectNode report = Json.mapper().createObjectNode();
    report.put("run", input.run().runId());
    report.put("source", input.source().path());
    report.put("sourceSha256", raw.sha256());
    report.put("contract", input.contract().id());
    report.put("contractVersion", input.contract().version());
    report.put("contractSha256", ContractDigest.of(input.contract()));
    report.put("rows", rows);
    report.put("accepted", breaches.isEmpty());
    report.set("breaches", Json.mapper().valueToTree(breaches));
    return Json.canonicalBytes(report);
  }
}
