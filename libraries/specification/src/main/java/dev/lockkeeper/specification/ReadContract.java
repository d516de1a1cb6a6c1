package dev.lockkeeper.specification;

import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.DataContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of a data contract's file.
 *
 * @param columns the columns that could be read, so that a pipeline's names are checked against
 *     them whatever else is wrong
 * @param contract the contract; empty if something is wrong with it
 * @param places where a column stands, by {@code contract.columns.NAME}, and a rule, by {@code
 *     contract.rules.NAME}
 * @param marked columns with {@code classification: protected}
 */
record ReadContract(
    List<ColumnContract> columns,
    Optional<DataContract> contract,
    Map<String, Place> places,
    List<String> marked) {

  /** Of a contract that cannot be read at all. */
  static final ReadContract NONE =
      new ReadContract(List.of(), Optional.empty(), Map.of(), List.of());
}
