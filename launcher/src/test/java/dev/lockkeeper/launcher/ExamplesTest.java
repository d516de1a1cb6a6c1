package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.specification.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      PipelineSpecification specification = PipelineFile.read(pipeline, null).specification();
      assertEquals(
          List.of(), new CompiledSpecification().findings(specification), pipeline.toString());
    }
  }

  /** What a reader copies out of {@code docs/pipelines.md} works as it stands. */
  @Test
  void pipelineOfTheDocuments_readsAndCompiles(@TempDir Path folder) throws IOException {
    List<String> blocks =
        Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/pipelines.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    Path pipeline = Files.writeString(folder.resolve("pipeline.yaml"), blocks.get(0));
    Files.writeString(folder.resolve("loans.yaml"), blocks.get(1));

    PipelineSpecification specification = PipelineFile.read(pipeline, null).specification();

    assertEquals(List.of(), new CompiledSpecification().findings(specification));
  }
}
