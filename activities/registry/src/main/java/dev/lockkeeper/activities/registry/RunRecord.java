package dev.lockkeeper.activities.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.ingestion.ContractDigest;
import dev.lockkeeper.formats.registry.ModelRecord;
import dev.lockkeeper.models.ModelFormat;
import dev.lockkeeper.stage.RunningCode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the record of a version from what its run's stages delivered. */
final class RunRecord {

  private RunRecord() {}

  static ModelRecord of(RegisterModelInput input, byte[] training, ModelFormat format) {
    var specification = input.specification();
    return new ModelRecord(
        input.run(),
        specification.description(),
        RunningCode.version(),
        specification.contract().id() + " " + specification.contract().version(),
        data(input),
        rows(input),
        input.model().trainer(),
        specification.training().seed(),
        specification.training().parameters(),
        Json.read(training, JsonNode.class),
        onnx(format),
        input.evaluation().metrics(),
        input.evaluation().gates());
  }

  private static Map<String, String> data(RegisterModelInput input) {
    return Map.of(
        "contract", ContractDigest.of(input.specification().contract()),
        "raw", input.dataset().raw().sha256(),
        "processed", input.dataset().processed().sha256(),
        "training", input.features().training().sha256(),
        "holdout", input.features().holdout().sha256(),
        "features", input.features().program().sha256());
  }

  private static Map<String, Long> rows(RegisterModelInput input) {
    return Map.of(
        "read", input.dataset().rows(),
        "training", input.features().trainingRows(),
        "holdout", input.features().holdoutRows(),
        "filtered", input.features().filteredRows());
  }

  private static ModelRecord.Onnx onnx(ModelFormat format) {
    SortedMap<String, Long> operators = new TreeMap<>();
    format.operators().forEach((operator, nodes) -> operators.put(operator, (long) nodes));
    return new ModelRecord.Onnx(format.irVersion(), format.operatorSets(), operators);
  }
}
