package dev.lockkeeper.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The examples' data contracts are valid under the published schema of the Open Data Contract
 * Standard v3.1.
 */
class ExampleContractsTest {

  @Test
  void everyExampleContract_isValidUnderThePublishedSchema() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
            .getSchema(
                new ObjectMapper()
                    .readTree(
                        Files.readAllBytes(
                            shared("vectors/schemas/odcs/odcs-json-schema-v3.1.0.json"))));
    List<Path> contracts;
    try (Stream<Path> files = Files.walk(Path.of("../../examples"))) {
      contracts =
          files.filter(f -> f.getFileName().toString().startsWith("contract")).sorted().toList();
    }
    assertTrue(contracts.size() >= 4, contracts.toString());
    for (Path contract : contracts) {
      Set<ValidationMessage> problems = schema.validate(yaml.readTree(contract.toFile()));
      assertEquals(Set.of(), problems, contract.toString());
    }
  }

  /** A file of the folder beside the project; without it the test is skipped. */
  static Path shared(String name) {
    String given = System.getenv("LOCKKEEPER_SHARED");
    Path shared = given == null ? null : Path.of(given);
    for (Path at = Path.of("").toAbsolutePath();
        shared == null && at != null;
        at = at.getParent()) {
      Path beside = at.resolveSibling("shared");
      shared =
          at.getFileName() != null && Files.isDirectory(beside.resolve("vectors")) ? beside : null;
    }
    assumeTrue(shared != null, "needs ../shared beside the project");
    return shared.resolve(name);
  }
}
