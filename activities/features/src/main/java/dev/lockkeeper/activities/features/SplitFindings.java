package dev.lockkeeper.activities.features;

import static dev.lockkeeper.engine.Sql.name;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.SplitUnit;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.features.TimeSplit;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a split turned out to be: where time cuts it, and which held-out rows are copies. A row that
 * differs from a training row in its id alone was learned by heart.
 */
final class SplitFindings {

  /**
   * A column with this share of different values names rows rather than describing them. They are
   * counted within some per cent, in one pass.
   */
  private static final double IDENTITY = 0.9;

  private SplitFindings() {}

  /** A row's time in seconds since 1970, of type DOUBLE; not a number where it has none. */
  static String seconds(@Nullable TimeSplit time) {
    return time == null
        ? "'NaN'::DOUBLE"
        : "coalesce(epoch(" + name(time.column()) + "), 'NaN'::DOUBLE)";
  }

  /** Whether a row lacks what the split is decided by, of type BOOLEAN. */
  static String isUndecided(SplitSpecification split) {
    TimeSplit time = split.time();
    return time == null
        ? SplitUnit.isMissing(split.key())
        : "(" + name(time.column()) + " IS NULL)";
  }

  /**
   * The time from which rows are held out; null for a split that is not by time.
   *
   * @param rows the source, as a table expression
   */
  static @Nullable Double heldOutFrom(DataEngine engine, String rows, SplitSpecification split)
      throws SQLException {
    TimeSplit time = split.time();
    if (time == null) {
      return null;
    }
    if (time.from() != null) {
      return time.from().toEpochMilli() / 1000.0;
    }
    String column = name(time.column());
    long timed = engine.count("SELECT count(" + column + ") FROM " + rows);
    long training = (long) Math.floor(timed * (1 - split.holdoutShare()));
    return engine.query(
        "SELECT epoch("
            + column
            + ") FROM "
            + rows
            + " WHERE "
            + column
            + " IS NOT NULL ORDER BY 1 LIMIT 1 OFFSET "
            + training,
        found -> found.next() ? found.getDouble(1) : Double.POSITIVE_INFINITY);
  }

  /**
   * Counts the copies.
   *
   * @param rows the source, as a table expression with its row numbers
   */
  static AppliedSplit of(
      DataEngine engine,
      String rows,
      List<ColumnContract> columns,
      SplitSpecification split,
      @Nullable Double heldOutFrom,
      long keyless)
      throws SQLException {
    List<String> names = columns.stream().map(ColumnContract::name).toList();
    List<String> identities = identities(engine, rows, columns, split.key());
    List<String> described = names.stream().filter(name -> !identities.contains(name)).toList();
    long repeated = 0;
    long straddling = 0;
    if (!described.isEmpty()) {
      // A feature may have the name of a column, so the content is taken before the join.
      engine.execute(
          "CREATE TABLE contents AS SELECT d._side AS side, s._content AS content FROM (SELECT"
              + " file_row_number AS _row, hash("
              + SplitUnit.content(described)
              + ") AS _content FROM "
              + rows
              + ") s JOIN decided d ON s._row = d._position WHERE d._side > 0");
      repeated =
          engine.count("SELECT count(*) - count(DISTINCT content) FROM contents WHERE side = 2");
      straddling =
          engine.count(
              "SELECT count(*) FROM contents WHERE side = 2 AND content IN"
                  + " (SELECT content FROM contents WHERE side = 1)");
    }
    return new AppliedSplit(split, names, heldOutFrom, keyless, repeated, straddling, identities);
  }

  private static List<String> identities(
      DataEngine engine, String rows, List<ColumnContract> columns, @Nullable String key)
      throws SQLException {
    List<String> identities = new ArrayList<>();
    for (ColumnContract column : columns) {
      boolean names = column.type() == ColumnType.STRING || column.type() == ColumnType.INTEGER;
      if (column.name().equals(key)
          || column.unique()
          || (names && isNearlyUnique(engine, rows, column.name()))) {
        identities.add(column.name());
      }
    }
    return identities;
  }

  private static boolean isNearlyUnique(DataEngine engine, String rows, String column)
      throws SQLException {
    long all = engine.count("SELECT count(*) FROM " + rows);
    long distinct = engine.count("SELECT approx_count_distinct(" + name(column) + ") FROM " + rows);
    return distinct >= IDENTITY * all;
  }
}
