package dev.lockkeeper.formats.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;
import java.util.Map;

/**
 * How a version came to be ({@code record.json} of a package).
 *
 * @param run the run, who started it, and the digest of its specification
 * @param description what the pipeline says of the model
 * @param code the code that made the package
 * @param contract the data contract, {@code ID VERSION}
 * @param data hexadecimal SHA-256 of everything that went in, by what it is
 * @param rows number of rows by what they were used for
 * @param trainer the trainer's name
 * @param seed its seed
 * @param hyperparameters what the pipeline asked of it
 * @param trainingRecord the training stage's own record as that stage stored it, which {@link
 *     dev.lockkeeper.formats.training.TrainingRecordFormat} reads
 * @param onnx what the model file consists of
 * @param metrics the hold-out metrics
 * @param gates what each gate found
 */
public record ModelRecord(
    RunContext run,
    String description,
    CodeVersion code,
    String contract,
    Map<String, String> data,
    Map<String, Long> rows,
    String trainer,
    long seed,
    Map<String, String> hyperparameters,
    JsonNode trainingRecord,
    Onnx onnx,
    List<MetricValue> metrics,
    List<GateResult> gates) {

  /**
   * What a model file consists of.
   *
   * @param irVersion the version of the ONNX format
   * @param operatorSets operator set domain ({@code ai.onnx} for the default one) to version
   * @param operators operator to number of nodes
   */
  public record Onnx(long irVersion, Map<String, Long> operatorSets, Map<String, Long> operators) {}
}
