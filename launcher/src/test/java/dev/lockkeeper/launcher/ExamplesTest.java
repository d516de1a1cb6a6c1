package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.starter.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every example is a pipeline that reads and whose expressions compile against its contract. */
class ExamplesTest {

  @Test
  void everyExample_readsAndCompiles() throws IOException {
    List<Path> pipelines;
    try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
      pipelines =
          files.filter(f -> f.getFileName().toString().startsWith("pipeline")).sorted().toList();
    }
    assertTrue(pipelines.size() >= 4, pipelines.toString());
    for (Path pipeline : pipelines) {
      PipelineSpecification specification = PipelineFile.read(pipeline, null);
      assertEquals(
          List.of(), new CompiledSpecification().findings(specification), pipeline.toString());
    }
  }
}
