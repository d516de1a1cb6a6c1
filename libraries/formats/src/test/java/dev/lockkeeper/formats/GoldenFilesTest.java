package dev.lockkeeper.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.formats.deployment.KeyCounts;
import dev.lockkeeper.formats.deployment.ServingArm;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingManifestFormat;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.formats.ingestion.DatasetFormat;
import dev.lockkeeper.formats.validation.EvaluationFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Today's bytes of each format, and what yesterday's and tomorrow's bytes become. A golden file is
 * never edited: another form is another version.
 */
class GoldenFilesTest {

  /** Objects whose fields may have any name. */
  private static final Set<String> BY_ANY_NAME =
      Set.of(
          "data",
          "entityKeys",
          "environment",
          "extensions",
          "hyperparameters",
          "inputs",
          "operatorSets",
          "operators",
          "rows",
          "trainingRecord");

  private static final ArmCounts COUNTS = new ArmCounts(100, 1, 0, 2, new KeyCounts(30, 1, 30, 1));

  static List<Format<?>> formats() {
    return Formats.all();
  }

  @Test
  void everyFormat_isListedAndHasAnExample() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Format.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes.resolve("dev/lockkeeper/formats"))) {
      Set<String> compiled =
          files
              .map(file -> file.getFileName().toString())
              .filter(
                  name -> name.matches("\\w+Format\\.class") && !name.equals("SourceFormat.class"))
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> listed =
          formats().stream()
              .map(format -> format.getClass().getSimpleName() + ".class")
              .collect(Collectors.toCollection(TreeSet::new));
      compiled.remove("Format.class");
      assertEquals(compiled, listed);
    }
    assertEquals(Set.copyOf(formats()), FormatExamples.all().keySet());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writer_givesTheGoldenBytes(Format<?> format) throws IOException {
    assertEquals(golden(format, format.version()), text(written(format)));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void goldenFileOfEachVersion_reads(Format<?> format) throws IOException {
    for (int version = 1; version <= format.version(); version++) {
      Object read = format.read(bytes(golden(format, version)));
      assertEquals(FormatExamples.all().get(format), read, "version " + version);
    }
  }

  @Test
  void refusedDataset_hasAGoldenFileOfItsOwn() throws IOException {
    String golden =
        golden(
            "ingestion-result-refused-v1",
            DatasetFormat.INSTANCE.write(FormatExamples.refusedDataset()));

    assertEquals(FormatExamples.refusedDataset(), DatasetFormat.INSTANCE.read(bytes(golden)));
    assertEquals(golden, text(DatasetFormat.INSTANCE.write(FormatExamples.refusedDataset())));
  }

  @Test
  void manifestWithALease_hasAGoldenFileOfItsOwn() throws IOException {
    byte[] written = ServingManifestFormat.INSTANCE.write(FormatExamples.manifestWithALease());
    String golden = golden("serving-manifest-lease-v1", written);

    assertEquals(
        FormatExamples.manifestWithALease(), ServingManifestFormat.INSTANCE.read(bytes(golden)));
    assertEquals(golden, text(written));
  }

  @Test
  void evaluationWithChanges_hasAGoldenFileOfItsOwn() throws IOException {
    byte[] written = EvaluationFormat.INSTANCE.write(FormatExamples.evaluationWithChanges());
    String golden = golden("validation-result-changes-v1", written);

    assertEquals(
        FormatExamples.evaluationWithChanges(), EvaluationFormat.INSTANCE.read(bytes(golden)));
    assertEquals(golden, text(written));
  }

  @Test
  void shareBelowAPercent_hasGoldenFilesOfItsOwn() throws IOException {
    ServingManifest half = withCandidateAt(0.5);
    byte[] manifest = ServingManifestFormat.INSTANCE.write(half);
    String golden = golden("serving-manifest-fraction-v1", manifest);
    CanaryCounts counts = new CanaryCounts("taxi", "g-1", 3, 0.01, COUNTS, COUNTS);
    byte[] counted = CanaryCountsFormat.INSTANCE.write(counts);
    String goldenCounts = golden("canary-counts-fraction-v1", counted);

    assertEquals(half, ServingManifestFormat.INSTANCE.read(bytes(golden)));
    assertEquals(golden, text(manifest));
    assertEquals(counts, CanaryCountsFormat.INSTANCE.read(bytes(goldenCounts)));
    assertEquals(goldenCounts, text(counted));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 50", "99.99, 9999", "0.07, 7", "0, 0", "100, 10000"})
  void shares_addUpExactly(double percent, int parts) {
    List<ServingArm> arms = withCandidateAt(percent).arms();

    assertEquals(parts, TrafficShare.parts(arms.get(1).percent()));
    assertEquals(TrafficShare.PARTS - parts, TrafficShare.parts(arms.get(0).percent()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 100.01, -0.01, 33.333, Double.NaN})
  void shareThatNoGatewayCanGive_isRefused(double percent) {
    assertThrows(IllegalArgumentException.class, () -> withCandidateAt(percent));
  }

  private static ServingManifest withCandidateAt(double percent) {
    ServingManifest whole = FormatExamples.manifestWithALease();
    return new ServingManifest(
        whole.endpoint(),
        whole.sequence(),
        whole.createdAt(),
        ServingManifest.arms(whole.stable(), whole.candidate(), percent),
        "tips@1 at " + percent + " %");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void unknownField_isTakenAsDeclared(Format<?> format) throws IOException {
    JsonNode golden = Json.mapper().readTree(golden(format, format.version()));
    for (ObjectNode place : objects(golden)) {
      place.put("addedLater", 1);
      byte[] bytes = Json.canonicalBytes(golden);
      if (format.unknown() == Format.UnknownFields.IGNORED) {
        assertEquals(FormatExamples.all().get(format), format.read(bytes), text(bytes));
      } else {
        String message = assertThrows(FormatException.class, () -> format.read(bytes)).getMessage();
        assertTrue(message.startsWith(format.document() + ": field '"), message);
        assertTrue(message.contains("addedLater' is not known here"), message);
      }
      place.remove("addedLater");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void missingField_isReadOrNamed(Format<?> format) throws IOException {
    JsonNode golden = Json.mapper().readTree(golden(format, format.version()));
    for (ObjectNode place : objects(golden)) {
      for (String field : names(place)) {
        JsonNode value = place.remove(field);
        byte[] bytes = Json.canonicalBytes(golden);
        try {
          format.read(bytes);
        } catch (FormatException e) {
          String message = e.getMessage();
          assertTrue(message.startsWith(format.document() + ": "), message);
          assertTrue(message.contains(field), field + " is not in: " + message);
        }
        place.set(field, value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void higherVersion_isRefused(Format<?> format) throws IOException {
    ObjectNode golden = (ObjectNode) Json.mapper().readTree(golden(format, format.version()));
    byte[] bytes = Json.canonicalBytes(golden.put(Format.FIELD, format.version() + 1));
    assertEquals(
        format.document()
            + ": it has format "
            + (format.version() + 1)
            + ", this version of Lockkeeper reads up to "
            + format.version()
            + ": upgrade it, or have the document written by the version that runs here",
        assertThrows(FormatException.class, () -> format.read(bytes)).getMessage());
  }

  private static <T> byte[] written(Format<T> format) {
    @SuppressWarnings("unchecked") // the examples are put under their own format
    T value = (T) FormatExamples.all().get(format);
    return format.write(value);
  }

  private static String golden(Format<?> format, int version) throws IOException {
    return golden(format.document().replace(' ', '-') + "-v" + version, written(format));
  }

  private static String golden(String document, byte[] today) throws IOException {
    String name = "/golden/" + document + ".json";
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream(name)) {
      assertTrue(in != null, "no golden file " + name + "; today's bytes are " + text(today));
      return text(in.readAllBytes());
    }
  }

  /** Objects whose fields the format reads by name. */
  private static List<ObjectNode> objects(JsonNode node) {
    List<ObjectNode> objects = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      objects.add(object);
      for (String name : names(object)) {
        if (!BY_ANY_NAME.contains(name)) {
          objects.addAll(objects(object.get(name)));
        }
      }
    } else if (node instanceof ArrayNode list) {
      list.forEach(element -> objects.addAll(objects(element)));
    }
    return objects;
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(entry -> entry.getKey()).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
