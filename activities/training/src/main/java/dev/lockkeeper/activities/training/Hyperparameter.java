package dev.lockkeeper.activities.training;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A hyperparameter: a number in a range.
 *
 * @param name its name
 * @param standard its default
 * @param minimum smallest accepted value
 * @param maximum largest accepted value
 * @param whole whether it must be an integer
 */
record Hyperparameter(String name, double standard, double minimum, double maximum, boolean whole) {

  static SortedMap<String, String> resolve(
      String trainer, List<Hyperparameter> known, Map<String, String> given) {
    List<String> names = known.stream().map(Hyperparameter::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "trainer '"
                + trainer
                + "' has no parameter '"
                + name
                + "': it has "
                + String.join(", ", names));
      }
    }
    SortedMap<String, String> resolved = new TreeMap<>();
    known.forEach(p -> resolved.put(p.name(), p.read(trainer, given.get(p.name()))));
    return resolved;
  }

  private String read(String trainer, @org.jspecify.annotations.Nullable String text) {
    double value;
    try {
      value = text == null ? standard : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong(trainer, text), e);
    }
    if (!(value >= minimum && value <= maximum) || (whole && value != Math.rint(value))) {
      throw new IllegalArgumentException(wrong(trainer, String.valueOf(text)));
    }
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private String wrong(String trainer, @org.jspecify.annotations.Nullable String text) {
    return "trainer '"
        + trainer
        + "', parameter '"
        + name
        + "': expected "
        + (whole ? "an integer" : "a number")
        + " from "
        + plain(minimum)
        + " to "
        + plain(maximum)
        + ", got '"
        + text
        + "'";
  }

  private static String plain(double value) {
    return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
