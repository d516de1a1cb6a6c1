package dev.lockkeeper.starter.pipeline;

import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ColumnType;
import dev.lockkeeper.contracts.ingestion.DataContract;
import dev.lockkeeper.contracts.ingestion.QualityMetric;
import dev.lockkeeper.contracts.ingestion.QualityRule;
import dev.lockkeeper.custody.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data contract in the Open Data Contract Standard v3.1, as far as Lockkeeper enforces it:
 * one schema object, {@code logicalType}, {@code required}, {@code unique}, {@code
 * logicalTypeOptions} and library quality rules. What only describes (description, team, roles …)
 * is accepted and ignored.
 */
final class OpenDataContract {

  private OpenDataContract() {}

  static DataContract read(Path file, List<String> problems) {
    Problems own = new Problems(file);
    Section top = own.read();
    requireKind(top);
    List<Section> objects = top.sections("schema");
    if (objects.size() != 1) {
      top.problem("schema", "expected exactly one object (table), found " + objects.size());
    }
    List<ColumnContract> columns = new ArrayList<>();
    List<QualityRule> rules = new ArrayList<>();
    String table = "";
    for (Section object : objects) {
      table = object.text("name");
      rules(object, null, rules);
      for (Section property : object.sections("properties")) {
        columns.add(column(property));
        rules(property, property.text("name"), rules);
      }
      if (columns.isEmpty()) {
        object.problem("properties", "expected at least one column");
      }
    }
    DataContract contract =
        new DataContract(top.text("id"), top.text("version"), table, digest(file), columns, rules);
    problems.addAll(own.found());
    return contract;
  }

  private static void requireKind(Section top) {
    if (!top.text("kind").equals("DataContract")) {
      top.problem("kind", "expected DataContract");
    }
    if (!top.text("apiVersion").matches("v3\\.[01]\\.\\d+")) {
      top.problem("apiVersion", "expected v3.1.0 (Open Data Contract Standard)");
    }
  }

  private static ColumnContract column(Section property) {
    Section options = property.section("logicalTypeOptions").only("minimum", "maximum", "pattern");
    List<String> allowed = new ArrayList<>();
    for (Section rule : property.sections("quality")) {
      allowed.addAll(rule.section("arguments").texts("validValues"));
    }
    return new ColumnContract(
        property.text("name"),
        type(property),
        property.truth("required", false),
        property.truth("unique", false) || property.truth("primaryKey", false),
        options.number("minimum"),
        options.number("maximum"),
        List.copyOf(new java.util.LinkedHashSet<>(allowed)),
        pattern(options));
  }

  private static ColumnType type(Section property) {
    String type = property.text("logicalType");
    if (type.equals("date")) {
      return ColumnType.TIMESTAMP;
    }
    try {
      return ColumnType.valueOf(type.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      property.problem(
          "logicalType",
          "expected string, number, integer, boolean, timestamp or date, got '" + type + "'");
      return ColumnType.STRING;
    }
  }

  private static @Nullable String pattern(Section options) {
    String pattern = options.text("pattern", null);
    if (pattern != null) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        options.problem("pattern", "no regular expression: " + e.getDescription());
      }
    }
    return pattern;
  }

  private static void rules(Section of, @Nullable String column, List<QualityRule> rules) {
    for (Section rule : of.sections("quality")) {
      String type = rule.text("type", "library");
      if (!"library".equals(type)) {
        rule.problem("type", "only library rules are enforced, got '" + type + "'");
        continue;
      }
      QualityMetric metric = metric(rule);
      if (metric == QualityMetric.INVALID_VALUES && rule.section("arguments").has("validValues")) {
        continue;
      }
      if (metric != null) {
        rules.add(rule(rule, column, metric));
      }
    }
  }

  private static @Nullable QualityMetric metric(Section rule) {
    String name = rule.text("metric", rule.text("rule", ""));
    for (QualityMetric metric : QualityMetric.values()) {
      if (camel(metric).equals(name)) {
        return metric;
      }
    }
    rule.problem(
        "metric",
        "expected nullValues, missingValues, invalidValues, duplicateValues or rowCount, got '"
            + name
            + "'");
    return null;
  }

  private static String camel(QualityMetric metric) {
    String[] words = metric.name().toLowerCase(Locale.ROOT).split("_");
    return words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
  }

  private static QualityRule rule(Section rule, @Nullable String column, QualityMetric metric) {
    Double exactly = rule.number("mustBe");
    Double above = rule.number("mustBeGreaterThan");
    Double atLeast = first(rule.number("mustBeGreaterOrEqualTo"), exactly);
    Double below = rule.number("mustBeLessThan");
    Double atMost = first(rule.number("mustBeLessOrEqualTo"), exactly);
    if (above == null && atLeast == null && below == null && atMost == null) {
      rule.problem("metric", "needs a bound: mustBe, mustBeLessThan, mustBeGreaterOrEqualTo …");
    }
    String given = rule.text("name", rule.text("id", null));
    String name = given == null ? camel(metric) : given;
    return new QualityRule(
        name,
        column,
        metric,
        "percent".equals(rule.text("unit", "rows")),
        first(above, atLeast),
        above != null,
        first(below, atMost),
        below != null);
  }

  private static @Nullable Double first(@Nullable Double one, @Nullable Double other) {
    return one == null ? other : one;
  }

  private static String digest(Path file) {
    try {
      return Digests.sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new PipelineException(List.of(file + ": cannot be read: " + e.getMessage()));
    }
  }
}
