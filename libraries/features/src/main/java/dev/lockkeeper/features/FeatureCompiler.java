package dev.lockkeeper.features;

import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Compiles a feature set over a contract's columns into a {@link FeatureProgram}. */
public final class FeatureCompiler {

  private static final int MAXIMUM_FEATURES = 2_000;

  private FeatureCompiler() {}

  /**
   * Compiles a feature set.
   *
   * @throws ExpressionException naming the expression, the place and what to do
   */
  public static FeatureProgram compile(
      FeatureSetSpecification specification, List<ColumnContract> columns) {
    List<InputColumn> all = columns.stream().map(c -> new InputColumn(c.name(), c.type())).toList();
    return compileInputs(specification, all);
  }

  /** Everything that is wrong with a feature set, in its order; empty if it compiles. */
  public static List<ExpressionException> problems(
      FeatureSetSpecification specification, List<ColumnContract> columns) {
    try {
      compile(specification, columns);
      return List.of();
    } catch (ExpressionException first) {
      List<InputColumn> all =
          columns.stream().map(c -> new InputColumn(c.name(), c.type())).toList();
      List<ExpressionException> problems = eachAlone(specification, all);
      if (problems.stream().noneMatch(p -> message(p).equals(message(first)))) {
        problems.add(0, first);
      }
      return problems;
    }
  }

  private static List<ExpressionException> eachAlone(
      FeatureSetSpecification specification, List<InputColumn> all) {
    List<ExpressionException> problems = new ArrayList<>();
    if (all.stream().map(InputColumn::identifier).distinct().count() < all.size()) {
      return problems;
    }
    TypeChecker checker = new TypeChecker(all);
    JavaTranslation translation = new JavaTranslation(all);
    String rowFilter = specification.rowFilter();
    if (rowFilter != null) {
      attempt(
          problems,
          () -> translation.translate(requireBoolean(checker.check("filter", rowFilter))));
    }
    for (FeatureSpecification feature : specification.features()) {
      attempt(
          problems,
          () ->
              translation.translate(numeric(checker.check(feature.name(), feature.expression()))));
    }
    LabelSpecification label = specification.label();
    attempt(
        problems,
        () ->
            translation.translate(requireBoolean(checker.check(label.name(), label.expression()))));
    return problems;
  }

  private static void attempt(List<ExpressionException> problems, Runnable check) {
    try {
      check.run();
    } catch (ExpressionException e) {
      problems.add(e);
    }
  }

  private static String message(ExpressionException problem) {
    return String.valueOf(problem.getMessage());
  }

  static FeatureProgram compileInputs(
      FeatureSetSpecification specification, List<InputColumn> all) {
    requireDistinct(all);
    requireNames(specification);
    requireOwnLabel(specification, all);
    TypeChecker checker = new TypeChecker(all);
    List<TypedExpression> features = new ArrayList<>();
    for (FeatureSpecification feature : specification.features()) {
      features.add(numeric(checker.check(feature.name(), feature.expression())));
    }
    TypedExpression label =
        requireBoolean(
            checker.check(specification.label().name(), specification.label().expression()));
    String rowFilter = specification.rowFilter();
    TypedExpression filter =
        requireBoolean(checker.check("filter", rowFilter == null ? "true" : rowFilter));

    List<InputColumn> ordered = inputsFirst(all, features, List.of(filter, label));
    JavaTranslation translation = new JavaTranslation(ordered);
    List<String> bodies =
        features.stream().map(f -> asDouble(f, translation.translate(f))).toList();
    int inputs = translation.read().size();
    String keep = translation.translate(filter);
    String labelled = translation.translate(label);
    String source = ProgramSource.write(bodies, keep, labelled, translation.constants());
    Set<String> taken = label.taken();
    int[] labelColumns =
        IntStream.range(0, ordered.size())
            .filter(i -> taken.contains(ordered.get(i).identifier()))
            .toArray();
    return new FeatureProgram(
        specification, ordered, inputs, labelColumns, ProgramSource.load(source));
  }

  /**
   * Columns that features read come first, then those of filter and label only; each group in
   * contract order.
   */
  private static List<InputColumn> inputsFirst(
      List<InputColumn> all, List<TypedExpression> features, List<TypedExpression> others) {
    JavaTranslation probe = new JavaTranslation(all);
    features.forEach(probe::translate);
    Set<String> inputs = new HashSet<>(probe.read());
    others.forEach(probe::translate);
    Set<InputColumn> ordered = new LinkedHashSet<>();
    all.stream().filter(c -> inputs.contains(c.name())).forEach(ordered::add);
    all.stream().filter(c -> probe.read().contains(c.name())).forEach(ordered::add);
    return List.copyOf(ordered);
  }

  private static String asDouble(TypedExpression expression, String java) {
    return expression.isBoolean()
        ? "dev.lockkeeper.features.RowFunctions.asNumber(" + java + ")"
        : java;
  }

  private static TypedExpression numeric(TypedExpression expression) {
    if (!expression.isNumber() && !expression.isBoolean()) {
      throw ExpressionException.in(
          expression.name(),
          "expression '"
              + expression.name()
              + "': a feature must be a number or a boolean, this is "
              + expression.typeName()
              + "; index_of(x, ['a', 'b']) or x == 'a' makes a number of a string");
    }
    return expression;
  }

  private static TypedExpression requireBoolean(TypedExpression expression) {
    if (!expression.isBoolean()) {
      throw ExpressionException.in(
          expression.name(),
          "expression '"
              + expression.name()
              + "': expected a boolean, this is "
              + expression.typeName()
              + "; compare it with something, for example x > 0");
    }
    return expression;
  }

  private static void requireDistinct(List<InputColumn> columns) {
    Map<String, String> names = new HashMap<>();
    for (InputColumn column : columns) {
      String other = names.put(column.identifier(), column.name());
      if (other != null) {
        throw ExpressionException.in(
            "contract.columns." + column.name(),
            "columns '"
                + other
                + "' and '"
                + column.name()
                + "' are both called '"
                + column.identifier()
                + "' in expressions: rename one in the data");
      }
    }
  }

  /** The hold-out has the contract's columns and the label side by side. */
  private static void requireOwnLabel(
      FeatureSetSpecification specification, List<InputColumn> columns) {
    String label = specification.label().name();
    if (!label.matches("[a-z][a-z0-9_]*")) {
      throw ExpressionException.in(
          label,
          "label name '"
              + label
              + "': expected lower-case letters, digits and '_', a letter first");
    }
    if (columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(label))) {
      throw ExpressionException.in(
          label,
          "label '"
              + label
              + "' has the name of a column of the contract: give the label another name");
    }
  }

  private static void requireNames(FeatureSetSpecification specification) {
    List<FeatureSpecification> features = specification.features();
    if (features.isEmpty() || features.size() > MAXIMUM_FEATURES) {
      throw ExpressionException.in(
          "features.columns",
          "a feature set needs 1 to "
              + MAXIMUM_FEATURES
              + " features, this one has "
              + features.size());
    }
    Set<String> names = new HashSet<>(Set.of(specification.label().name()));
    for (FeatureSpecification feature : features) {
      if (!feature.name().matches("[a-z][a-z0-9_]*")) {
        throw ExpressionException.in(
            feature.name(),
            "feature name '"
                + feature.name()
                + "': expected lower-case letters, digits and '_', a letter first");
      }
      if (!names.add(feature.name())) {
        throw ExpressionException.in(
            feature.name(),
            "feature '" + feature.name() + "' is defined twice (or is the label's name)");
      }
    }
  }
}
