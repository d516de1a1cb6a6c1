package dev.lockkeeper.contracts.monitoring;

import dev.lockkeeper.contracts.registry.ModelPackage;

/**
 * Input of a monitoring workflow, and its state when it continues as new.
 *
 * @param endpoint the endpoint
 * @param monitoring how it is watched
 * @param modelPackage the package that serves
 * @param cursor where the inference log was read to; empty at the start
 * @param windows windows compared so far
 * @param alerts alerts raised so far
 */
public record MonitoringInput(
    String endpoint,
    MonitoringSpecification monitoring,
    ModelPackage modelPackage,
    String cursor,
    long windows,
    long alerts) {}
