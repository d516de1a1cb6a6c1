package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A split as the features stage applied it, part of its signed statement. A row without a key is
 * split by its content.
 *
 * @param split what was asked for
 * @param columns the columns of a row's content, in order
 * @param heldOutFrom the time, in seconds since 1970, from which rows are held out; null for a
 *     split that is not by time
 * @param keylessRows rows without a value of the key, or of the time
 * @param repeatedRows held-out rows that repeat another held-out row in all columns but the
 *     identities
 * @param straddlingRows held-out rows that repeat a training row in all columns but the identities
 * @param identities columns that are no part of what repeats: the key, and columns of strings or
 *     integers in which nearly every row has a value of its own
 */
public record AppliedSplit(
    SplitSpecification split,
    List<String> columns,
    @Nullable Double heldOutFrom,
    long keylessRows,
    long repeatedRows,
    long straddlingRows,
    List<String> identities) {

  public AppliedSplit {
    Required.value("split", split);
    columns = Required.list("columns", columns);
    identities = Required.list("identities", identities);
  }
}
