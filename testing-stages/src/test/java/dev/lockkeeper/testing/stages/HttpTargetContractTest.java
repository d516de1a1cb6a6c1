package dev.lockkeeper.testing.stages;

import dev.lockkeeper.activities.deployment.DeploymentTarget;
import dev.lockkeeper.activities.deployment.DeploymentTargetProvider;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import dev.lockkeeper.testing.SignedRun;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway of ours, asked over HTTP. */
class HttpTargetContractTest extends DeploymentTargetContract {

  private static final String ENDPOINT = "tips";

  @TempDir private Path folder;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    SignedRun signed =
        SignedRun.in(
            folder,
            new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", "5".repeat(64)));
    signed.serve(
        Role.DEPLOYMENT,
        new ServingManifest(
            ENDPOINT,
            1,
            Instant.parse("2026-11-01T10:00:00Z"),
            ServingManifest.arms(release(signed), null, 0),
            "the first release"));
    gateway = Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, signed.state()));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Override
  protected DeploymentTarget target() {
    return at(gateway.port());
  }

  @Override
  protected DeploymentTarget unreachable() {
    try (ServerSocket free = new ServerSocket(0)) {
      return at(free.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected String endpoint() {
    return ENDPOINT;
  }

  private static DeploymentTarget at(int port) {
    return DeploymentTargetProvider.find(URI.create("http://127.0.0.1:" + port));
  }

  private static Release release(SignedRun signed) throws IOException {
    List<ColumnContract> columns = List.of(column("miles"), column("fare"));
    FeatureProgram program =
        FeatureCompiler.compile(
            new FeatureSetSpecification(
                "1",
                null,
                List.of(
                    new FeatureSpecification("distance", "miles"),
                    new FeatureSpecification("rate", "fare / miles")),
                new LabelSpecification("tipped", "fare > 0.0")),
            columns);
    return signed.release(ENDPOINT, program, columns, OnnxFile.logistic(0.5f, 0.1f));
  }

  private static ColumnContract column(String name) {
    return new ColumnContract(
        name, ColumnType.NUMBER, true, false, null, null, List.of(), null, null);
  }
}
