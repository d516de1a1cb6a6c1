package dev.lockkeeper.formats.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the specification's digest is taken of. */
class PipelineFieldsTest {

  /** A specification with every optional field. */
  private static final String WHOLE =
      """
      {"name":"tips","endpoint":"tips","description":"d",
       "source":{"path":"/data/trips.csv","format":"CSV","delimiter":",","missing":["NA"]},
       "contract":{"id":"trips","version":"1","table":"trips","digest":"00",
        "rules":[{"name":"r","column":"fare","metric":"INVALID_VALUES","percent":true,
          "minimum":0.5,"minimumExclusive":true,"maximum":5.5,"maximumExclusive":false,
          "negated":false,"arguments":{"validValues":["1"],"pattern":"[0-9]+",
           "missingValues":[],"properties":[]}}],
        "columns":[
         {"name":"fare","type":"NUMBER","required":true,"unique":false,"minimum":0.5,
          "maximum":9.5,"allowedValues":["1"],"pattern":null,
          "limits":{"exclusiveMinimum":0.25,"exclusiveMaximum":10.5,"multipleOf":0.5,
           "minLength":null,"maxLength":null,"timeFormat":null}},
         {"name":"company","type":"STRING","required":true,"unique":false,"minimum":null,
          "maximum":null,"allowedValues":[],"pattern":"[0-9]+",
          "limits":{"exclusiveMinimum":null,"exclusiveMaximum":null,"multipleOf":null,
           "minLength":1,"maxLength":9,"timeFormat":null}},
         {"name":"start","type":"TIMESTAMP","required":true,"unique":false,"minimum":null,
          "maximum":null,"allowedValues":[],"pattern":null,
          "limits":{"exclusiveMinimum":null,"exclusiveMaximum":null,"multipleOf":null,
           "minLength":null,"maxLength":null,"timeFormat":"%Y"}}]},
       "features":{"version":"1","rowFilter":"fare > 0.0",
        "features":[{"name":"fare","expression":"fare"}],
        "label":{"name":"tipped","expression":"fare > 9.0"}},
       "split":{"holdoutShare":0.2,"key":"fare","seed":1,
        "time":{"column":"start","from":"2026-01-01T00:00:00Z"}},
       "training":{"trainer":"xgboost","seed":1,"parameters":{"depth":"3"}},
       "validation":{"decisionThreshold":0.5,"confidence":0.95,"bootstrapSamples":1000,"seed":1,
        "metrics":[{"metric":"AUC","minimum":0.6,"maximum":0.99,"margin":0.1}],
        "behaviour":[{"kind":"invariance","name":"i","set":{"fare":"1"},"tolerance":0.1,
          "minimumShare":0.9},
         {"kind":"direction","name":"d","column":"fare","change":1.5,"increase":true,
          "minimumShare":0.9},
         {"kind":"case","name":"c","row":{"fare":"1"},"minimum":0.1,"maximum":0.9}],
        "fairness":{"column":"fare","metric":"DEMOGRAPHIC_PARITY_RATIO","threshold":0.8,
         "minimumGroup":100,"inconclusiveBlocks":false},
        "protectedColumns":["company"]},
       "approval":{"quorum":1,"remindAfter":"PT12H","expireAfter":"PT48H"},
       "deployment":{"steps":[{"percent":10,"minimumRequests":500,"bake":"PT5M"}],
        "lookEvery":"PT10S","alpha":0.05,"maximum":"PT2H",
        "unit":"REQUEST","margin":0.01,"onInconclusive":"PROMOTE",
        "firstReleaseWithoutTraffic":true},
       "monitoring":{"every":"PT5M","minimumRows":1000,"threshold":0.25}}
      """;

  @Test
  void canonicalForm_hasEveryFieldOfTheRecords() throws IOException {
    PipelineSpecification pipeline =
        Json.read(WHOLE.getBytes(StandardCharsets.UTF_8), PipelineSpecification.class);
    JsonNode records = tree(Json.canonicalBytes(pipeline));
    Set<String> given = new HashSet<>();
    Set<String> absent = withoutNulls(records, given);

    absent.removeAll(given);
    assertEquals(Set.of(), absent, "the example lacks a field: nobody sees whether it is digested");
    JsonNode form = tree(PipelineFields.write(pipeline).bytes());
    assertTrue(records.equals(PipelineFieldsTest::compareNumbers, form), form.toString());
  }

  private static int compareNumbers(JsonNode one, JsonNode other) {
    boolean numbers = one.isNumber() && other.isNumber();
    boolean equal = numbers ? one.doubleValue() == other.doubleValue() : one.equals(other);
    return equal ? 0 : 1;
  }

  @Test
  void wholeShare_isDigestedAsBeforeThereWereFractions() throws IOException {
    assertEquals("10", share(WHOLE));
    assertEquals("0.1", share(WHOLE.replace("\"percent\":10", "\"percent\":0.1")));
  }

  private static String share(String json) throws IOException {
    PipelineSpecification pipeline =
        Json.read(json.getBytes(StandardCharsets.UTF_8), PipelineSpecification.class);
    JsonNode form = tree(PipelineFields.write(pipeline).bytes());
    return form.path("deployment").path("steps").path(0).path("percent").toString();
  }

  @Test
  void canonicalForm_leavesOutWhatTheSpecificationLeavesOut() throws IOException {
    String without =
        WHOLE
            .replace("\"rowFilter\":\"fare > 0.0\",", "\"rowFilter\":null,")
            .replace("\"key\":\"fare\"", "\"key\":null")
            .replace(",\"missing\":[\"NA\"]", "")
            .replaceFirst(",\\s*\"firstReleaseWithoutTraffic\":true", "");
    PipelineSpecification pipeline =
        Json.read(without.getBytes(StandardCharsets.UTF_8), PipelineSpecification.class);

    JsonNode form = tree(PipelineFields.write(pipeline).bytes());

    assertFalse(form.path("features").has("rowFilter"));
    assertFalse(form.path("split").has("key"));
    assertFalse(form.path("source").has("missing"));
    assertFalse(form.path("deployment").has("firstReleaseWithoutTraffic"));
  }

  /** Takes out every null; returns the names that had one, and collects the names that had not. */
  private static Set<String> withoutNulls(JsonNode node, Set<String> given) {
    Set<String> absent = new HashSet<>();
    if (node instanceof ObjectNode object) {
      List.copyOf(object.properties())
          .forEach(field -> (field.getValue().isNull() ? absent : given).add(field.getKey()));
      object.properties().removeIf(field -> field.getValue().isNull());
    }
    node.forEach(part -> absent.addAll(withoutNulls(part, given)));
    return absent;
  }

  private static JsonNode tree(byte[] json) throws IOException {
    return Json.mapper().readTree(json);
  }
}
