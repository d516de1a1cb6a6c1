package dev.lockkeeper.contracts.monitoring;

import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;

/**
 * Input of one comparison.
 *
 * @param endpoint the endpoint
 * @param monitoring thresholds
 * @param modelPackage the package that serves; its {@code baseline.json} is compared with
 * @param cursor where the inference log was read to; empty at the start
 */
public record CompareWindowInput(
    String endpoint,
    MonitoringSpecification monitoring,
    ModelPackage modelPackage,
    String cursor) {}
