package dev.lockkeeper.serving;

import dev.lockkeeper.features.InputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client of an endpoint must know.
 *
 * @param endpoint its name
 * @param versions the versions that serve, the stable one first
 * @param inputs the raw columns that the first of them reads
 * @param positiveLabel the name of the label that it answers beside the probability; null if
 *     nothing serves
 */
public record EndpointMetadata(
    String endpoint,
    List<String> versions,
    List<InputColumn> inputs,
    @Nullable String positiveLabel) {}
