package dev.lockkeeper.contracts.run;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.run.MetricValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands, and after its end the result of the workflow.
 *
 * @param runId {@code MODEL@VERSION}
 * @param model the model's name
 * @param version the version
 * @param endpoint the serving endpoint
 * @param verdict how it ended; null while it runs
 * @param message one line: what it waits for, or why it ended so
 * @param traceId the hexadecimal trace id; empty where the run is not traced
 * @param stages all stages in order
 * @param metrics hold-out metrics, empty before validation
 * @param reports references to reports (contract report, evaluation page), newest last
 * @param rollback what was rolled back and why; null if nothing was
 */
public record RunStatus(
    String runId,
    String model,
    String version,
    String endpoint,
    @Nullable Verdict verdict,
    String message,
    String traceId,
    List<StageStatus> stages,
    List<MetricValue> metrics,
    List<ArtifactRef> reports,
    @Nullable RollbackSummary rollback) {}
