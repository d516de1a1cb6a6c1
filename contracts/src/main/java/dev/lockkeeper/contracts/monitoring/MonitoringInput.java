package dev.lockkeeper.contracts.monitoring;

import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input of a monitoring workflow, and its state when it continues as new.
 *
 * @param endpoint the endpoint
 * @param monitoring how it is watched
 * @param modelPackage the package that serves
 * @param cursor where the inference log was read to; empty at the start
 * @param windows windows compared so far
 * @param alerts alerts raised so far
 * @param latest the alerts of the last window that raised any; null or empty if none did
 * @param alertedWindow the number of that window; 0 if there is none
 */
public record MonitoringInput(
    String endpoint,
    MonitoringSpecification monitoring,
    ModelPackage modelPackage,
    String cursor,
    long windows,
    long alerts,
    @Nullable List<DriftAlert> latest,
    long alertedWindow) {

  /** The input of a new watch. */
  public static MonitoringInput start(
      String endpoint, MonitoringSpecification monitoring, ModelPackage modelPackage) {
    return new MonitoringInput(endpoint, monitoring, modelPackage, "", 0, 0, List.of(), 0);
  }
}
