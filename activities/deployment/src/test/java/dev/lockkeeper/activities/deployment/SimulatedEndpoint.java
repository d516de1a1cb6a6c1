package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.serving.InferenceRequest;
import dev.lockkeeper.serving.InferenceService;
import dev.lockkeeper.serving.UnservedException;
import dev.lockkeeper.serving.Value;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import dev.lockkeeper.testing.SignedRun;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of a real inference core with two versions, judged by the real judge. Which of the
 * two fails is the row's choice.
 */
final class SimulatedEndpoint implements AutoCloseable, DeploymentTarget {

  /** What both versions answer. */
  static final int GOOD = 7;

  /** What neither version answers. */
  static final int BAD_FOR_BOTH = 0;

  /** What the candidate alone does not answer. */
  static final int BAD_FOR_CANDIDATE = 1;

  /** What the stable version alone does not answer. */
  static final int BAD_FOR_STABLE = 2;

  private static final String ENDPOINT = "tips";
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  private final SignedRun signed;
  private final Release stable;
  private final Release candidate;
  private final InferenceService service;
  private final CanaryJudge judge = new CanaryJudge(new Gateways(Map.of("simulated", this)));
  private long sequence;
  private @Nullable CanaryEvidence evidence;

  /**
   * @param model the model of both versions, of two features
   * @param limit how long a version may take
   */
  SimulatedEndpoint(Path folder, byte[] model, Duration limit) throws IOException {
    signed = SignedRun.in(folder, run("1"));
    stable = release("1", BAD_FOR_STABLE, model);
    candidate = release("2", BAD_FOR_CANDIDATE, model);
    sequence = 1;
    serve(null, 0);
    service =
        InferenceService.start(
            ArtifactStores.open(
                signed.state().zones(),
                ZoneAccess.reading(Zone.MODELS, Zone.DEPLOYMENTS).writing(Zone.INFERENCE_LOG)),
            TrustStore.load(signed.state().trust()),
            new SimpleMeterRegistry(),
            limit,
            Duration.ofSeconds(1),
            Duration.ofHours(1));
  }

  static SimulatedEndpoint quick(Path folder) throws IOException {
    return new SimulatedEndpoint(folder, OnnxFile.logistic(0.5f, 0.1f), Duration.ofSeconds(30));
  }

  /** A new canary: nothing has been judged of it. */
  void begin() {
    evidence = null;
  }

  /** Gives the candidate a share of the traffic. */
  void shift(int percent) throws IOException {
    sequence++;
    serve(candidate, percent);
    service.apply(ENDPOINT, sequence);
  }

  /** Asks the endpoint with its canary. */
  void ask(String key, int miles, int rows) {
    ask(null, key, miles, rows);
  }

  /** Asks the stable version by its name. */
  void askStable(String key, int miles) {
    ask("1", key, miles, 1);
  }

  private void ask(@Nullable String version, String key, int miles, int rows) {
    Value fare = new Value.Numeric(10);
    InferenceRequest request =
        new InferenceRequest(
            key,
            key,
            rows,
            Map.of(
                "miles",
                Collections.nCopies(rows, new Value.Numeric(miles)),
                "fare",
                Collections.nCopies(rows, fare)),
            Set.of());
    try {
      service.infer(service.serving(ENDPOINT, version), request);
    } catch (UnservedException e) {
      // The client sees the failure; the counts say whose it was.
    }
  }

  CanaryLook look(double alpha) {
    CanaryLook look = judge.look(new JudgeCanaryInput(ENDPOINT, alpha, evidence));
    evidence = look.evidence();
    return look;
  }

  @Override
  public void apply(String endpoint, long number) {
    service.apply(endpoint, number);
  }

  @Override
  public Optional<CanaryCounts> counts(String endpoint, @Nullable Long number) {
    return service.counts(endpoint, number);
  }

  @Override
  public void close() {
    service.close();
  }

  private void serve(@Nullable Release tried, int percent) throws IOException {
    signed.serve(
        Role.DEPLOYMENT,
        new ServingManifest(
            ENDPOINT, sequence, NOW, ServingManifest.arms(stable, tried, percent), "simulated"));
  }

  private Release release(String version, int bad, byte[] model) throws IOException {
    List<ColumnContract> columns = List.of(column("miles"), column("fare"));
    FeatureProgram program =
        FeatureCompiler.compile(
            new FeatureSetSpecification(
                "1",
                null,
                List.of(
                    new FeatureSpecification("rate", "fare / miles"),
                    new FeatureSpecification("excess", "fare / (miles - " + bad + ")")),
                new LabelSpecification("tipped", "fare > 0.0")),
            columns);
    return signed.ofRun(run(version)).release(ENDPOINT, program, columns, model);
  }

  private static RunContext run(String version) {
    return new RunContext(
        "tips@" + version, "run-1", "default", "tips", version, "ada", "5".repeat(64));
  }

  private static ColumnContract column(String name) {
    return new ColumnContract(
        name, ColumnType.NUMBER, true, false, null, null, List.of(), null, null);
  }
}
