package dev.lockkeeper.activities.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.ingestion.ContractDigest;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.models.ModelFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a version came to be ({@code record.json}).
 *
 * @param model the model's name
 * @param version the version
 * @param description what the pipeline says of it
 * @param runId the run, which is the workflow id
 * @param workflowRunId Temporal's run id
 * @param namespace the Temporal namespace
 * @param startedBy the principal who started the run
 * @param specificationDigest SHA-256 of the pipeline specification
 * @param code the code that made the package
 * @param contract the data contract, {@code ID VERSION}
 * @param data SHA-256 of everything that went in, by what it is
 * @param rows rows by what they were used for
 * @param trainer the trainer's name
 * @param seed its seed
 * @param hyperparameters what the pipeline asked of it
 * @param training the training stage's own record: effective hyperparameters, environment, times
 * @param format what the model file consists of
 * @param metrics the hold-out metrics
 * @param gates what each gate found
 */
record ModelRecord(
    String model,
    String version,
    String description,
    String runId,
    String workflowRunId,
    String namespace,
    String startedBy,
    String specificationDigest,
    CodeVersion code,
    String contract,
    SortedMap<String, String> data,
    SortedMap<String, Long> rows,
    String trainer,
    long seed,
    Map<String, String> hyperparameters,
    JsonNode training,
    ModelFormat format,
    List<MetricValue> metrics,
    List<GateResult> gates) {

  static ModelRecord of(RegisterModelInput input, byte[] training, ModelFormat format) {
    var run = input.run();
    var specification = input.specification();
    return new ModelRecord(
        run.model(),
        run.version(),
        specification.description(),
        run.runId(),
        run.workflowRunId(),
        run.namespace(),
        run.startedBy(),
        run.specificationDigest(),
        CodeVersion.running(),
        specification.contract().id() + " " + specification.contract().version(),
        data(input),
        rows(input),
        input.model().trainer(),
        specification.training().seed(),
        specification.training().parameters(),
        Json.read(training, JsonNode.class),
        format,
        input.evaluation().metrics(),
        input.evaluation().gates());
  }

  private static SortedMap<String, String> data(RegisterModelInput input) {
    SortedMap<String, String> data = new TreeMap<>();
    data.put("contract", ContractDigest.of(input.specification().contract()));
    data.put("raw", input.dataset().raw().sha256());
    data.put("processed", input.dataset().processed().sha256());
    data.put("training", input.features().training().sha256());
    data.put("holdout", input.features().holdout().sha256());
    data.put("features", input.features().program().sha256());
    return data;
  }

  private static SortedMap<String, Long> rows(RegisterModelInput input) {
    SortedMap<String, Long> rows = new TreeMap<>();
    rows.put("read", input.dataset().rows());
    rows.put("training", input.features().trainingRows());
    rows.put("holdout", input.features().holdoutRows());
    rows.put("filtered", input.features().filteredRows());
    return rows;
  }
}
