package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway serves the Open Inference Protocol v2, as its published description has it. */
class OpenInferenceTest {

  private static final String SCHEMA = "shared/vectors/schemas/oip/open_inference_rest.yaml";

  @TempDir static Path folder;
  private static Gateway gateway;
  private static Client client;

  @BeforeAll
  static void serve() throws Exception {
    Releases releases = new Releases(folder);
    releases.file(releases.release("1", OnnxFile.logistic(0.5f, 0.1f)), null, 0);
    gateway = Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, releases.state()));
    client = Client.of(gateway);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void serverMetadata_isAsPublished() throws Exception {
    requireSchema("metadata_server_response", ok(client.get("/v2")));
    requireSchema("metadata_server_response", ok(client.get("/v2/")));
  }

  @Test
  void health_isAnswered() throws Exception {
    for (String path :
        new String[] {
          "/v2/health/live",
          "/v2/health/ready",
          "/v2/models/tips/ready",
          "/v2/models/tips/versions/1/ready"
        }) {
      assertEquals(200, client.get(path).status(), path);
    }
  }

  @Test
  void modelMetadata_isAsPublished() throws Exception {
    for (String path : new String[] {"/v2/models/tips", "/v2/models/tips/versions/1"}) {
      JsonNode metadata = ok(client.get(path));
      requireSchema("metadata_model_response", metadata);
      assertEquals("miles", metadata.path("inputs").path(0).path("name").asText());
      assertEquals("probability", metadata.path("outputs").path(0).path("name").asText());
    }
  }

  @Test
  void inference_isAsPublished() throws Exception {
    String request = Client.request("k", 2, 10);
    requireSchema("inference_request", Json.mapper().readTree(request));
    for (String path : new String[] {"/v2/models/tips", "/v2/models/tips/versions/1"}) {
      JsonNode answer = ok(client.post(path + "/infer", request));
      requireSchema("inference_response", answer);
      assertEquals("r-1", answer.path("id").asText());
      JsonNode output = answer.path("outputs").path(0);
      // sigmoid(0.5 * 2 + 0.1 * 10 / 2)
      assertEquals(0.8175744, output.path("data").path(0).asDouble(), 1e-6);
      assertTrue(answer.path("outputs").path(1).path("data").path(0).asBoolean());
    }
  }

  @Test
  void rowsOfOneValue_areTheSameAsAList() throws Exception {
    JsonNode answer =
        ok(
            client.post(
                "/v2/models/tips/infer",
                """
                {"inputs": [
                 {"name": "miles", "shape": [2, 1], "datatype": "FP64", "data": [[2], [4]]},
                 {"name": "fare", "shape": [2], "datatype": "FP64", "data": [10, null]}],
                 "outputs": [{"name": "tipped"}]}
                """
                    .replace("null", "12")));
    assertEquals(1, answer.path("outputs").size());
    assertEquals("tipped", answer.path("outputs").path(0).path("name").asText());
    assertEquals("[2,1]", answer.path("outputs").path(0).path("shape").toString());
  }

  @Test
  void body_isJsonWhateverItsContentTypeSays() throws Exception {
    String wide = " ".repeat(10_000) + Client.request("k", 2, 10);
    for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data")) {
      ok(client.post("/v2/models/tips/infer", type, wide));
    }
  }

  @Test
  void unknownNames_areNotFound() throws Exception {
    assertError(404, "there is no endpoint 'nope'", client.get("/v2/models/nope"));
    assertError(404, "there is no endpoint 'nope'", client.post("/v2/models/nope/infer", "{}"));
    assertError(404, "expected 1; a candidate is", client.get("/v2/models/tips/versions/2"));
    assertError(404, "there is no /v2/nope", client.get("/v2/nope"));
    assertError(405, "does not answer GET", client.get("/v2/models/tips/infer"));
  }

  @Test
  void wrongRequests_areRefusedWithTheirReason() throws Exception {
    String good = Client.request("k", 2, 10);
    refused("the body is not JSON at line 1, column 2", "{");
    refused("the body is not JSON at line 1, column", "{\"inputs\": [NaN]}");
    refused("inputs: expected a list", "{}");
    refused("'distance' is not an input of endpoint 'tips'", good.replace("miles", "distance"));
    refused("input 'miles' is there twice", good.replace("fare", "miles"));
    refused("datatype 'FLOAT': expected one of", good.replace("FP64", "FLOAT"));
    refused("shape says 2 rows, data has 1", good.replace("[1]", "[2]"));
    refused("expected 1 to 10000 rows, got \"1\"", good.replaceFirst("\\[1\\]", "[\"1\"]"));
    refused("expected shape [N] or [N, 1], got [1,2]", good.replace("[1]", "[1,2]"));
    refused("row 0", good.replace("[2.000000]", "[\"two\"]"));
    refused("column 'miles': Infinity is not a number", good.replace("[2.000000]", "[1e400]"));
    refused("input 'miles' is missing", good.replaceFirst("\\{\"name\": \"miles\".*\n", ""));
    refused(
        "row 0, column 'miles': null, but version 1 requires",
        good.replace("[2.000000]", "[null]"));
    refused("row 0, column 'miles': true is not a number", good.replace("[2.000000]", "[true]"));
    refused("row 0, column 'miles': {} is not a number", good.replace("[2.000000]", "[{}]"));
    refused("id: 257 characters: expected at most 256", good.replace("r-1", "r".repeat(257)));
    refused(
        "output 'score' is none of endpoint 'tips': expected probability or tipped",
        good.replace("\"id\"", "\"outputs\": [{\"name\": \"score\"}], \"id\""));
  }

  @Test
  void bodyOverTheLimit_isRefused() throws Exception {
    assertError(
        413,
        "larger than 8388608 bytes",
        client.post("/v2/models/tips/infer", " ".repeat((8 << 20) + 1)));
  }

  private static void refused(String reason, String request) throws Exception {
    Client.Answer answer = client.post("/v2/models/tips/infer", request);
    assertError(400, reason, answer);
    requireSchema("inference_error_response", answer.body());
  }

  private static void assertError(int status, String reason, Client.Answer answer) {
    assertEquals(status, answer.status(), answer.toString());
    assertTrue(answer.error().contains(reason), answer.error());
  }

  private static JsonNode ok(Client.Answer answer) {
    assertEquals(200, answer.status(), answer.toString());
    return answer.body();
  }

  private static void requireSchema(String name, JsonNode value) throws IOException {
    ObjectNode schema = (ObjectNode) published().deepCopy();
    schema.put("$ref", "#/components/schemas/" + name);
    assertEquals(
        Set.of(),
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(schema)
            .validate(value),
        value.toString());
  }

  private static JsonNode published() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve(SCHEMA))) {
      at = at.getParent();
    }
    assumeTrue(at != null, "needs ../shared beside the project");
    return new ObjectMapper(new YAMLFactory()).readTree(at.resolve(SCHEMA).toFile());
  }
}
