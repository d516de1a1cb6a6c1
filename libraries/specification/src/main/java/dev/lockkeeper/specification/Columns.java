package dev.lockkeeper.specification;

import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.List;

/**
 * The columns that a pipeline may name beside its expressions.
 *
 * @param known the contract's; none if the contract cannot be read, which is a problem of its own
 */
record Columns(List<ColumnContract> known) {

  /** Notes a value that is not a column. */
  void require(Section section, String key) {
    if (section.has(key)) {
      require(section, key, section.text(key));
    }
  }

  /** Notes a value that is not a column of times. */
  void requireTime(Section section, String key) {
    require(section, key);
    String column = section.text(key);
    known.stream()
        .filter(c -> c.name().equals(column) && c.type() != ColumnType.TIMESTAMP)
        .forEach(c -> section.problem(key, "expected a timestamp column, got '" + column + "'"));
  }

  /** Notes a column that the contract does not have. */
  void require(Section section, String key, String column) {
    if (!known.isEmpty() && known.stream().noneMatch(c -> c.name().equals(column))) {
      section.problem(
          key,
          "the contract has no column '"
              + column
              + "': it has "
              + String.join(", ", known.stream().map(ColumnContract::name).toList()));
    }
  }
}
