package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.List;

/**
 * A feature program as it is stored ({@code features.json}).
 *
 * @param language the language of its expressions and its version, for example {@code
 *     lockkeeper-features/1}; another one may compute other bits
 * @param features the feature set
 * @param columns the columns that it reads, those of the features first
 */
public record ProgramDocument(
    String language, FeatureSetSpecification features, List<Column> columns) {

  /**
   * A column that the program reads.
   *
   * @param name its name in the data
   * @param type its logical type
   */
  public record Column(String name, ColumnType type) {}
}
