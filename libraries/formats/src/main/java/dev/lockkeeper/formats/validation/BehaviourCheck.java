package dev.lockkeeper.formats.validation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.Range;
import dev.lockkeeper.formats.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check of what the model does rather than how often it is right. Column values are written as in
 * the source.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BehaviourCheck.Invariance.class, name = "invariance"),
  @JsonSubTypes.Type(value = BehaviourCheck.Direction.class, name = "direction"),
  @JsonSubTypes.Type(value = BehaviourCheck.KnownCase.class, name = "case")
})
public sealed interface BehaviourCheck {

  /** Probabilities, and shares of rows. */
  Range<Double> SHARES = new Range<>(0.0, 1.0);

  /** The check's name for people. */
  String name();

  private static void requireColumns(String key, Map<String, String> values) {
    String what = "validation.behaviour." + key;
    if (Required.map(what, values).isEmpty()) {
      throw new InvalidSpecificationException(
          what + ": expected at least one column with its value");
    }
  }

  /**
   * Setting columns to other values must not move a prediction by more than {@code tolerance}.
   *
   * @param set column to new value
   * @param tolerance largest accepted absolute change of the probability
   * @param minimumShare share of hold-out rows that must keep to it, 0 to 1
   */
  record Invariance(String name, Map<String, String> set, double tolerance, double minimumShare)
      implements BehaviourCheck {

    public Invariance {
      Required.value("validation.behaviour.name", name);
      requireColumns("set", set);
      SHARES.require("validation.behaviour.tolerance", tolerance);
      SHARES.require("validation.behaviour.minimumShare", minimumShare);
    }
  }

  /**
   * Adding to a numeric column must not move a prediction the wrong way.
   *
   * @param column the column
   * @param change what is added
   * @param increase whether the probability must not fall (true) or must not rise (false)
   * @param minimumShare share of hold-out rows that must keep to it, 0 to 1
   */
  record Direction(String name, String column, double change, boolean increase, double minimumShare)
      implements BehaviourCheck {

    public Direction {
      Required.value("validation.behaviour.name", name);
      Required.value("validation.behaviour.column", column);
      if (!Double.isFinite(change)) {
        throw new InvalidSpecificationException("validation.behaviour.change: expected a number");
      }
      SHARES.require("validation.behaviour.minimumShare", minimumShare);
    }
  }

  /**
   * A row whose answer is known.
   *
   * @param row column to value; a column left out is missing
   * @param minimum smallest accepted probability; null for none
   * @param maximum largest accepted probability; null for none
   */
  record KnownCase(
      String name, Map<String, String> row, @Nullable Double minimum, @Nullable Double maximum)
      implements BehaviourCheck {

    public KnownCase {
      Required.value("validation.behaviour.name", name);
      requireColumns("row", row);
      if (minimum == null && maximum == null) {
        throw new InvalidSpecificationException(
            "validation.behaviour: expected minimum or maximum: without one nothing is judged");
      }
      if (minimum != null) {
        SHARES.require("validation.behaviour.minimum", minimum);
      }
      if (maximum != null) {
        SHARES.require("validation.behaviour.maximum", maximum);
      }
    }
  }
}
