package dev.lockkeeper.activities.validation;

import dev.lockkeeper.engine.SplitUnit;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.features.RowSplit;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.TimeSplit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On which side of the stable version's split a hold-out row is. Its features statement signs how
 * it split, and a row's side follows from that alone: what lies on the training side may have been
 * trained on, what lies on the other was not.
 *
 * @param split the stable version's split; null if every row of this run's hold-out is on its
 *     hold-out side, or nothing is known of it
 * @param missing columns that decide and that this hold-out does not have
 */
record StableSides(@Nullable AppliedSplit split, List<String> missing) {

  static final StableSides ALL_HELD_OUT = new StableSides(null, List.of());

  /**
   * The sides by a split.
   *
   * @param stable the stable version's; null if it is not known
   * @param own this run's
   * @param columns the columns of this run's hold-out
   */
  static StableSides of(
      @Nullable AppliedSplit stable, @Nullable AppliedSplit own, Set<String> columns) {
    if (stable == null || (own != null && isSame(stable, own))) {
      return ALL_HELD_OUT;
    }
    List<String> deciding = new ArrayList<>();
    TimeSplit time = stable.split().time();
    String key = stable.split().key();
    if (time != null) {
      deciding.add(time.column());
    } else if (key != null) {
      deciding.add(key);
    } else {
      deciding.addAll(stable.columns());
    }
    return new StableSides(
        stable, deciding.stream().filter(column -> !columns.contains(column)).toList());
  }

  private static boolean isSame(AppliedSplit stable, AppliedSplit own) {
    boolean byContent = own.keylessRows() > 0 || own.split().key() == null;
    return stable.split().time() == null
        && own.split().equals(stable.split())
        && (!byContent || own.columns().equals(stable.columns()));
  }

  /** The terms to select: what the side follows from. */
  List<String> terms(Set<String> columns) {
    AppliedSplit known = split;
    if (known == null || !missing.isEmpty()) {
      return List.of("''", "0");
    }
    TimeSplit time = known.split().time();
    List<String> content = known.columns().stream().filter(columns::contains).toList();
    return List.of(
        time == null ? SplitUnit.of(known.split().key(), content) : "''",
        time == null
            ? "'NaN'::DOUBLE"
            : "coalesce(epoch(" + Sql.name(time.column()) + "), 'NaN'::DOUBLE)");
  }

  /** Whether the stable version held out the row that is read, by its two terms. */
  boolean heldOut(@Nullable RowSplit sides, ResultSet row, int column) throws SQLException {
    return sides == null
        ? missing.isEmpty()
        : sides.holdsOut(row.getString(column), row.getDouble(column + 1));
  }

  @Nullable RowSplit sides() {
    AppliedSplit known = split;
    return known == null || !missing.isEmpty()
        ? null
        : new RowSplit(known.split(), known.heldOutFrom());
  }
}
