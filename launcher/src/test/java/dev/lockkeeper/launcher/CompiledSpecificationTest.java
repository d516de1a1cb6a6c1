package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.specification.PipelineFile;
import dev.lockkeeper.starter.SpecificationCheck.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledSpecificationTest {

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: trips
      version: 1.0.0
      schema:
        - name: trips
          properties:
            - {name: fare, logicalType: number, required: true}
            - {name: tips, logicalType: number}
      """;

  @TempDir private Path folder;

  @Test
  void trainerThatDoesNotExist_isAFinding() throws IOException {
    assertEquals(
        List.of(
            new Finding(
                "training.trainer",
                "training.trainer: there is no trainer 'xgbost': there are logistic-regression,"
                    + " xgboost")),
        findings("{trainer: xgbost}", ""));
  }

  @Test
  void parameterThatTheTrainerRefuses_isAFinding() throws IOException {
    assertEquals(
        List.of(
            new Finding(
                "training.parameters",
                "training.parameters: trainer 'xgboost', parameter 'rounds': expected an integer"
                    + " from 1 to 10000, got 'many'")),
        findings("{trainer: xgboost, parameters: {rounds: many}}", ""));
  }

  @Test
  void valueOfAnotherType_isAFinding() throws IOException {
    assertEquals(
        List.of(
            new Finding(
                "validation.behaviour",
                "validation.behaviour: 'dear': column 'fare': 'dear' is not a number")),
        findings(
            "{trainer: xgboost}",
            "validation: {behaviour: [{kind: case, name: dear, row: {fare: dear}, minimum: 0.5}]}"));
  }

  @Test
  void columnsOfOneNameInExpressions_areAFindingAtTheContract() throws IOException {
    assertEquals(
        List.of(
            new Finding(
                "contract.columns.tip-2",
                "columns 'tip 2' and 'tip-2' are both called 'tip_2' in expressions: rename one in"
                    + " the data")),
        findings(
            CONTRACT
                + "      - {name: tip 2, logicalType: number}\n"
                + "      - {name: tip-2, logicalType: number}\n",
            "{trainer: xgboost}",
            ""));
  }

  private List<Finding> findings(String training, String validation) throws IOException {
    return findings(CONTRACT, training, validation);
  }

  private List<Finding> findings(String contract, String training, String validation)
      throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), contract);
    Path pipeline =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            """
            name: tips
            source: {path: trips.csv}
            contract: contract.yaml
            features:
              version: "1"
              columns:
                - {name: fare, expression: fare}
              label: {name: generous, expression: tips > 1}
            training: %s
            %s
            """
                .formatted(training, validation));
    return new CompiledSpecification().findings(PipelineFile.read(pipeline, null).specification());
  }
}
