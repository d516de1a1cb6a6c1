package dev.lockkeeper.starter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.ingestion.SourceFormat;
import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.contracts.validation.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {

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

  private static final String PIPELINE =
      """
      name: tips
      source: {path: trips.csv}
      contract: contract.yaml
      features:
        version: "1"
        columns:
          - {name: fare, expression: fare}
        label: {name: generous, expression: tips > 0.2 * fare}
      training: {trainer: xgboost, parameters: {rounds: 10}}
      validation:
        metrics:
          - {metric: auc, minimum: 0.7}
      deployment:
        lookEvery: 5s
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeContract() throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), CONTRACT);
  }

  @Test
  void read_takesPathsFromItsOwnFolder() throws IOException {
    PipelineSpecification specification = read(PIPELINE, null);

    assertEquals(folder.resolve("trips.csv").toString(), specification.source().path());
    assertEquals("tips", specification.endpoint());
    assertEquals(Duration.ofSeconds(5), specification.deployment().lookEvery());
    assertEquals(Metric.AUC, specification.validation().metrics().get(0).metric());
    assertEquals(List.of("fare", "tips"), names(specification));
  }

  @Test
  void read_withData_replacesTheSource() throws IOException {
    PipelineSpecification specification = read(PIPELINE, folder.resolve("other.parquet"));

    assertEquals(SourceFormat.PARQUET, specification.source().format());
  }

  @Test
  void read_withSeveralMistakes_namesEachWithItsLine() {
    String wrong =
        PIPELINE.replace("lookEvery: 5s", "lookEvery: soon").replace("training:", "trainig:");

    List<String> problems = problems(wrong);

    String file = folder.resolve("pipeline.yaml").toString();
    assertTrue(
        problems.stream().anyMatch(p -> p.startsWith(file + ":9: trainig: unknown key")),
        problems.toString());
    assertTrue(
        problems.stream().anyMatch(p -> p.contains("training: is missing")), problems.toString());
    assertTrue(
        problems.contains(
            file
                + ":14: deployment.lookEvery: expected a duration such as 30s, 10m, 48h or PT1H30M,"
                + " got 'soon'"),
        problems.toString());
  }

  @Test
  void read_withWrongContract_namesTheContractFile() throws IOException {
    Files.writeString(
        folder.resolve("contract.yaml"),
        CONTRACT.replace("logicalType: number}", "logicalType: num}"));

    assertEquals(
        List.of(
            folder.resolve("contract.yaml")
                + ":9: schema[0].properties[1].logicalType: expected string, number, integer,"
                + " boolean, timestamp or date, got 'num'"),
        problems(PIPELINE));
  }

  @Test
  void lines_areThoseOfTheExpressions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            PIPELINE.replace("  version: \"1\"", "  version: \"1\"\n  filter: fare > 0"));

    assertEquals(Map.of("filter", 6, "fare", 8, "generous", 9), ExpressionLines.of(file).byName());
  }

  @Test
  void read_ofNoYaml_saysTheLine() {
    assertTrue(problems("a: [1").get(0).contains("not YAML"));
  }

  private List<String> problems(String yaml) {
    return assertThrows(PipelineException.class, () -> read(yaml, null)).problems();
  }

  private PipelineSpecification read(String yaml, Path data) throws IOException {
    return PipelineFile.read(Files.writeString(folder.resolve("pipeline.yaml"), yaml), data);
  }

  private static List<String> names(PipelineSpecification specification) {
    return specification.contract().columns().stream().map(c -> c.name()).toList();
  }
}
