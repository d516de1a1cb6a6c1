package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.stage.StageException;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gateway over HTTP. It reads and verifies manifests by itself; this only tells it that there
 * is a new one.
 */
final class GatewayHttp implements DeploymentTarget {

  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final URI gateway;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  GatewayHttp(URI gateway) {
    this.gateway = gateway;
  }

  @Override
  public void apply(String endpoint, long sequence) {
    String path = "/lockkeeper/v1/endpoints/" + endpoint + "/manifests/" + sequence;
    HttpResponse<byte[]> response = send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    if (response.statusCode() >= 400 && response.statusCode() < 500) {
      throw new StageException(
          FailureType.GATEWAY_REFUSED,
          "the gateway refuses manifest " + sequence + ": " + error(response));
    }
    requireAnswer(response);
  }

  @Override
  public Optional<CanaryCounts> counts(String endpoint, @Nullable Long sequence) {
    String path =
        "/lockkeeper/v1/endpoints/"
            + endpoint
            + "/counts"
            + (sequence == null ? "" : "?sequence=" + sequence);
    HttpResponse<byte[]> response = send(request(path).GET());
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    requireAnswer(response);
    try {
      return Optional.of(CanaryCountsFormat.INSTANCE.read(response.body()));
    } catch (FormatException e) {
      throw new StageException(
          FailureType.GATEWAY_UNAVAILABLE,
          "the gateway at " + gateway + " answers with something else: " + e.getMessage(),
          e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path)).timeout(ANSWER);
    GlobalOpenTelemetry.getPropagators()
        .getTextMapPropagator()
        .inject(
            Context.current(),
            request,
            (carrier, key, value) -> Objects.requireNonNull(carrier).header(key, value));
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new StageException(
          FailureType.GATEWAY_UNAVAILABLE,
          "the gateway at " + gateway + " does not answer (" + e + "): is it running?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageException(
          FailureType.GATEWAY_UNAVAILABLE, "interrupted while asking the gateway", e);
    }
  }

  private void requireAnswer(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new StageException(
          FailureType.GATEWAY_UNAVAILABLE,
          "the gateway at "
              + gateway
              + " answers "
              + response.statusCode()
              + ": "
              + error(response));
    }
  }

  private static String error(HttpResponse<byte[]> response) {
    try {
      return Json.mapper().readTree(response.body()).path("error").asText("no reason given");
    } catch (IOException e) {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
  }
}
