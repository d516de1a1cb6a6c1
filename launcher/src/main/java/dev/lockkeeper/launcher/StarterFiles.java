package dev.lockkeeper.launcher;

import dev.lockkeeper.activities.ingestion.ColumnProfile;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The first pipeline and contract of a data file, as text for people to go on with.
 *
 * @param name the model's and endpoint's name
 * @param data the data file
 * @param delimiter of a CSV file
 * @param columns what the file contains
 * @param label what is predicted
 */
record StarterFiles(
    String name, Path data, String delimiter, List<ColumnProfile> columns, Label label) {

  /**
   * What is predicted.
   *
   * @param column the column that it is in, which no feature may read
   * @param expression true where the outcome is the one to predict
   */
  record Label(String column, String expression) {}

  /** The contract: types, missing values and categories as they are in this file. */
  String contract() {
    List<String> lines = new ArrayList<>();
    lines.add("# Made from " + data.getFileName() + ". Open Data Contract Standard v3.1.");
    lines.add(
        "# Add what must hold for every file to come: bounds, keys, rules (docs/pipelines.md).");
    lines.add("apiVersion: v3.1.0");
    lines.add("kind: DataContract");
    lines.add("id: " + name);
    lines.add("version: 1.0.0");
    lines.add("status: draft");
    lines.add("schema:");
    lines.add("  - name: rows");
    lines.add("    logicalType: object");
    lines.add("    properties:");
    for (ColumnProfile column : columns) {
      lines.add("      - name: " + quoted(column.name()));
      lines.add("        logicalType: " + column.type().name().toLowerCase(Locale.ROOT));
      if (column.missing() == 0) {
        lines.add("        required: true");
      }
      if (isCategory(column)) {
        lines.add(
            "        quality: [{type: library, name: "
                + quoted("known values of " + column.name())
                + ", metric: invalidValues, mustBe: 0, arguments: {validValues: "
                + list(column)
                + "}}]");
      }
    }
    return text(lines);
  }

  /** The pipeline: a feature for each column that can be one, and gates to be raised later. */
  String pipeline(String contractFile) {
    List<String> lines = new ArrayList<>();
    lines.add("# Made from " + data.getFileName() + ". What each key means: docs/pipelines.md");
    lines.add("name: " + name);
    lines.add("endpoint: " + name);
    lines.add("description: " + quoted("Is it true that " + label.expression() + "?"));
    lines.add(
        "source: {path: " + quoted(data.toString()) + ", delimiter: " + quotedDelimiter() + "}");
    lines.add("contract: " + contractFile);
    lines.add("features:");
    lines.add("  version: \"1\"");
    lines.add("  columns:");
    columns.forEach(column -> lines.addAll(features(column)));
    lines.add("  label: {name: label, expression: " + quoted(label.expression()) + "}");
    lines.add("split: {holdout: 0.2, seed: 1}");
    lines.add(
        "training: {trainer: xgboost, seed: 1, parameters: {rounds: 100, max_depth: 4, eta: 0.1}}");
    lines.add("validation:");
    lines.add("  decisionThreshold: 0.5");
    lines.add("  confidence: 0.95");
    lines.add("  bootstrapSamples: 1000");
    lines.add("  seed: 1");
    lines.add("  metrics:");
    lines.add("    - {metric: auc, minimum: 0.6, margin: 0.02}");
    lines.add("approval: {quorum: 1, remindAfter: 12h, expireAfter: 48h}");
    lines.add("deployment:");
    lines.add("  steps:");
    lines.add("    - {percent: 10, minimumRequests: 200, bake: 1m}");
    lines.add("    - {percent: 50, minimumRequests: 1000, bake: 2m}");
    lines.add("  lookEvery: 10s");
    lines.add("  alpha: 0.05");
    lines.add("  maximum: 2h");
    lines.add("monitoring: {every: 5m, minimumRows: 1000, threshold: 0.25}");
    return text(lines);
  }

  /** Whether any column can be a feature. */
  boolean hasFeatures() {
    return columns.stream()
        .flatMap(column -> features(column).stream())
        .anyMatch(line -> !line.strip().startsWith("#"));
  }

  private List<String> features(ColumnProfile column) {
    String identifier = new InputColumn(column.name(), column.type()).identifier();
    String left = "    # left out: " + column.name().replaceAll("\\R", " ") + ", ";
    if (column.name().equals(label.column())) {
      return List.of(left + "the label is made of it");
    }
    if (column.distinct() < 2) {
      return List.of(left + "it has one value at most");
    }
    return switch (column.type()) {
      case NUMBER, INTEGER -> List.of(feature(identifier, identifier));
      case BOOLEAN -> List.of(feature(identifier, "number(" + identifier + ")"));
      case TIMESTAMP ->
          List.of(
              feature(identifier + "_hour", "hour(" + identifier + ")"),
              feature(identifier + "_weekday", "day_of_week(" + identifier + ")"));
      case STRING ->
          isCategory(column)
              ? List.of(
                  feature(
                      identifier,
                      "index_of("
                          + identifier
                          + ", ["
                          + column.values().stream()
                              .map(StarterFiles::literal)
                              .collect(Collectors.joining(", "))
                          + "])"))
              : List.of(left + "it has " + column.distinct() + " different strings");
    };
  }

  private static String feature(String name, String expression) {
    return "    - {name: " + name + ", expression: " + quoted(expression) + "}";
  }

  private static boolean isCategory(ColumnProfile column) {
    return column.type() == ColumnType.STRING && !column.values().isEmpty();
  }

  private static String list(ColumnProfile column) {
    return column.values().stream()
        .map(StarterFiles::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String quotedDelimiter() {
    return "\"" + delimiter.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
  }

  /** A string of the feature language. */
  static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A string of YAML. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
