package dev.lockkeeper.specification;

import dev.lockkeeper.formats.ingestion.QualityMetric;
import dev.lockkeeper.formats.ingestion.QualityRule;
import dev.lockkeeper.formats.ingestion.RuleArguments;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code quality} of a table or a column in ODCS v3.1: library metrics with a bound. */
final class QualityRules {

  private static final String[] KEYS = {
    "id",
    "name",
    "description",
    "type",
    "metric",
    "rule",
    "arguments",
    "unit",
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
    "mustBeBetween",
    "mustNotBeBetween",
    "severity",
    "dimension",
    "method",
    "businessImpact",
    "schedule",
    "scheduler",
    "tags",
    "authoritativeDefinitions",
    "customProperties"
  };

  private static final List<String> BOUNDS =
      List.of(
          "mustBe",
          "mustNotBe",
          "mustBeGreaterThan",
          "mustBeGreaterOrEqualTo",
          "mustBeLessThan",
          "mustBeLessOrEqualTo",
          "mustBeBetween",
          "mustNotBeBetween");

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  private QualityRules() {}

  /**
   * The values that a rule allows when it says nothing else: {@code invalidValues} must be 0 of
   * {@code validValues}. Empty for any other rule.
   */
  static List<String> onlyValues(Section rule) {
    Section arguments = rule.section("arguments");
    boolean plain =
        "library".equals(rule.text("type", "library"))
            && name(rule).equals("invalidValues")
            && "0".equals(rule.text("mustBe", ""))
            && !arguments.has("pattern");
    if (!plain) {
      return List.of();
    }
    rule.only(KEYS);
    arguments.only("validValues");
    requireSeverity(rule);
    return arguments.texts("validValues").stream().distinct().toList();
  }

  /**
   * The rule; empty if it only describes or is wrong, which is noted then.
   *
   * @param column the column it stands under; null under the table
   * @param known whether the table has a column
   */
  static Optional<QualityRule> read(
      Section rule, @Nullable String column, Predicate<String> known) {
    String type = rule.text("type", "library");
    if ("text".equals(type)) {
      return Optional.empty();
    }
    if (!"library".equals(type)) {
      rule.problem(
          "type",
          "only library metrics are enforced, got '"
              + type
              + "': write the rule as a metric, or as type: text if it only describes");
      return Optional.empty();
    }
    rule.only(KEYS);
    requireSeverity(rule);
    return metric(rule, column)
        .map(metric -> bounded(rule, column, metric, arguments(rule, metric, column, known)));
  }

  /** Columns of which no two rows have the same values. */
  static QualityRule uniqueTogether(String name, List<String> columns) {
    return new QualityRule(
        name,
        null,
        QualityMetric.DUPLICATE_VALUES,
        false,
        null,
        false,
        0.0,
        false,
        false,
        new RuleArguments(List.of(), null, List.of(), List.copyOf(columns)));
  }

  /** A broken rule ends the run; one that is meant as a hint would surprise. */
  private static void requireSeverity(Section rule) {
    String severity = rule.text("severity", "error");
    if (!List.of("error", "critical", "blocker", "major").contains(severity)) {
      rule.problem(
          "severity",
          "every broken rule ends the run, got '"
              + severity
              + "': expected error, or leave the rule out");
    }
  }

  private static Optional<QualityMetric> metric(Section rule, @Nullable String column) {
    String name = name(rule);
    for (QualityMetric metric : QualityMetric.values()) {
      if (camel(metric).equals(name)) {
        boolean ofTable =
            metric == QualityMetric.ROW_COUNT
                || (column == null && metric == QualityMetric.DUPLICATE_VALUES);
        if (ofTable != (column == null)) {
          rule.problem(
              "metric",
              name
                  + (column == null
                      ? " is a metric of a column: put it under one of properties"
                      : " is a metric of the table: put it under the object's quality"));
          return Optional.empty();
        }
        return Optional.of(metric);
      }
    }
    rule.problem(
        "metric",
        "expected nullValues, missingValues, invalidValues, duplicateValues or rowCount, got '"
            + name
            + "'");
    return Optional.empty();
  }

  private static String name(Section rule) {
    return Objects.requireNonNullElse(rule.text("metric", rule.text("rule", null)), "");
  }

  private static String camel(QualityMetric metric) {
    String[] words = metric.name().toLowerCase(Locale.ROOT).split("_");
    return words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
  }

  private static @Nullable RuleArguments arguments(
      Section rule, QualityMetric metric, @Nullable String column, Predicate<String> known) {
    Section arguments = rule.section("arguments");
    switch (metric) {
      case MISSING_VALUES -> arguments.only("missingValues");
      case INVALID_VALUES -> arguments.only("validValues", "pattern");
      case DUPLICATE_VALUES -> {
        if (column == null) {
          arguments.only("properties");
        } else {
          arguments.only();
        }
      }
      case NULL_VALUES, ROW_COUNT -> arguments.only();
    }
    for (String property : arguments.texts("properties")) {
      if (!known.test(property)) {
        arguments.problem("properties", "there is no column '" + property + "'");
      }
    }
    return arguments.keys().isEmpty()
        ? null
        : new RuleArguments(
            arguments.texts("validValues"),
            Patterns.read(arguments),
            arguments.texts("missingValues"),
            arguments.texts("properties"));
  }

  private static QualityRule bounded(
      Section rule,
      @Nullable String column,
      QualityMetric metric,
      @Nullable RuleArguments arguments) {
    List<String> bounds = BOUNDS.stream().filter(rule::has).toList();
    String bound = bounds.isEmpty() ? "" : bounds.get(0);
    if (bounds.size() != 1) {
      rule.problem(
          bounds.isEmpty() ? "metric" : bounds.get(1),
          "expected exactly one bound, one of " + String.join(", ", BOUNDS));
    }
    double[] range = bound.endsWith("Between") ? range(rule, bound) : null;
    double value = bound.isEmpty() || range != null ? 0 : rule.number(bound, 0);
    boolean low =
        List.of("mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo")
            .contains(bound);
    boolean high =
        List.of("mustBe", "mustNotBe", "mustBeLessThan", "mustBeLessOrEqualTo").contains(bound);
    String given = rule.text("name", rule.text("id", null));
    return new QualityRule(
        given == null ? camel(metric) : given,
        column,
        metric,
        percent(rule),
        range != null ? Double.valueOf(range[0]) : low ? Double.valueOf(value) : null,
        bound.equals("mustBeGreaterThan"),
        range != null ? Double.valueOf(range[1]) : high ? Double.valueOf(value) : null,
        bound.equals("mustBeLessThan"),
        bound.startsWith("mustNot"),
        arguments);
  }

  private static double[] range(Section rule, String key) {
    List<String> ends = rule.texts(key);
    if (ends.size() == 2 && ends.stream().allMatch(end -> NUMBER.matcher(end).matches())) {
      double[] range = ends.stream().mapToDouble(Double::parseDouble).toArray();
      if (range[0] < range[1]) {
        return range;
      }
    }
    rule.problem(key, "expected two numbers, the smaller one first, got " + ends);
    return new double[] {0, 0};
  }

  private static boolean percent(Section rule) {
    String unit = rule.text("unit", "rows");
    if (!"rows".equals(unit) && !"percent".equals(unit)) {
      rule.problem("unit", "expected rows or percent, got '" + unit + "'");
    }
    return "percent".equals(unit);
  }
}
