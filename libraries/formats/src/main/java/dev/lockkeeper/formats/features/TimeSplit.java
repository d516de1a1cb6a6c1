package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A split by time: a model is measured on rows that are later than all that it learned from. A row
 * without a time trains.
 *
 * @param column a timestamp column of the contract
 * @param from rows at or after it are held out; null holds out the latest share of the rows
 */
public record TimeSplit(String column, @Nullable Instant from) {

  public TimeSplit {
    Required.value("split.time.column", column);
  }
}
