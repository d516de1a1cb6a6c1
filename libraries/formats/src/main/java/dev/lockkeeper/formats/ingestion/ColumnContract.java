package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one column must look like (ODCS v3.1 property).
 *
 * @param name the column's name in the file
 * @param type its logical type
 * @param required no value may be missing
 * @param unique no value may occur twice
 * @param minimum smallest allowed number, or time in seconds since 1970 UTC, inclusive; null for
 *     none
 * @param maximum largest allowed number or time, inclusive; null for none
 * @param allowedValues the only allowed values; empty for any
 * @param pattern a regular expression that every value must match in full; null for none
 * @param limits further limits; null for none
 */
public record ColumnContract(
    String name,
    ColumnType type,
    boolean required,
    boolean unique,
    @Nullable Double minimum,
    @Nullable Double maximum,
    List<String> allowedValues,
    @Nullable String pattern,
    @Nullable ValueLimits limits) {

  public ColumnContract {
    Required.value("contract.columns.name", name);
    Required.value("contract.columns." + name + ".type", type);
    allowedValues = Required.list("contract.columns." + name + ".allowedValues", allowedValues);
  }
}
