package dev.lockkeeper.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * What somebody would write in an hour to serve the tests' model: no checks, no lineage, no log, no
 * metrics, everything on the event loops, of which there is one a processor. What the gateway adds
 * is measured against it.
 */
final class BareHandler implements AutoCloseable {

  /** A negative port is a free one that all servers of one number share. */
  private static final int SHARED_FREE_PORT = -1;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Vertx vertx = Vertx.vertx();
  private final OrtSession session;
  private volatile int port;

  BareHandler(byte[] model) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = OrtEnvironment.getEnvironment().createSession(model, options);
    DeploymentOptions loops =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    vertx.deployVerticle(Loop::new, loops).toCompletionStage().toCompletableFuture().join();
  }

  /** The server of one event loop; Vert.x lets all listen to one port. */
  private final class Loop extends VerticleBase {

    @Override
    public Future<?> start() {
      return vertx
          .createHttpServer()
          .requestHandler(
              request ->
                  request
                      .body()
                      .onSuccess(
                          body ->
                              request
                                  .response()
                                  .putHeader("content-type", "application/json")
                                  .end(Buffer.buffer(answer(body.getBytes())))))
          .listen(SHARED_FREE_PORT, "127.0.0.1")
          .onSuccess(server -> port = server.actualPort());
    }
  }

  int port() {
    return port;
  }

  private byte[] answer(byte[] body) {
    try {
      JsonNode request = mapper.readTree(body);
      JsonNode miles = request.path("inputs").path(0).path("data");
      JsonNode fare = request.path("inputs").path(1).path("data");
      int rows = miles.size();
      float[] features = new float[2 * rows];
      for (int row = 0; row < rows; row++) {
        double distance = miles.path(row).doubleValue();
        features[2 * row] = (float) distance;
        features[2 * row + 1] = (float) (fare.path(row).doubleValue() / distance);
      }
      return mapper.writeValueAsBytes(response(request.path("id").asText(), predict(features)));
    } catch (IOException | OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private float[] predict(float[] features) throws OrtException {
    int rows = features.length / 2;
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(features), new long[] {rows, 2});
        OrtSession.Result result = session.run(Map.of("features", input))) {
      float[] probabilities = new float[rows];
      ((OnnxTensor) result.get("probability").orElseThrow()).getFloatBuffer().get(probabilities);
      return probabilities;
    }
  }

  private ObjectNode response(String id, float[] probabilities) {
    ObjectNode response = mapper.createObjectNode();
    response.put("model_name", Releases.ENDPOINT).put("model_version", "1").put("id", id);
    ArrayNode outputs = response.putArray("outputs");
    ArrayNode data = output(outputs, "probability", "FP64", probabilities.length);
    ArrayNode labels = output(outputs, "tipped", "BOOL", probabilities.length);
    for (float probability : probabilities) {
      data.add((double) probability);
      labels.add(probability >= 0.5);
    }
    return response;
  }

  private static ArrayNode output(ArrayNode outputs, String name, String type, int rows) {
    ObjectNode output = outputs.addObject().put("name", name).put("datatype", type);
    output.putArray("shape").add(rows).add(1);
    return output.putArray("data");
  }

  @Override
  public void close() throws OrtException {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    session.close();
  }
}
