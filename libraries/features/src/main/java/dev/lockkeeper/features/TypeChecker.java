package dev.lockkeeper.features;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and type-checks expressions over columns. Every number is a double, integer literals
 * included, so they are rewritten between parser and checker.
 */
final class TypeChecker {

  private static final int MAXIMUM_LENGTH = 4_096;
  private static final int MAXIMUM_DEPTH = 48;
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("_+_", "+"),
          Map.entry("_-_", "-"),
          Map.entry("_*_", "*"),
          Map.entry("_/_", "/"),
          Map.entry("_%_", "%"),
          Map.entry("_%%_", "%"),
          Map.entry("-_", "-"),
          Map.entry("_<_", "<"),
          Map.entry("_<=_", "<="),
          Map.entry("_>_", ">"),
          Map.entry("_>=_", ">="),
          Map.entry("_==_", "=="),
          Map.entry("_!=_", "!="),
          Map.entry("_&&_", "&&"),
          Map.entry("_||_", "||"),
          Map.entry("!_", "!"),
          Map.entry("_?_:_", "?:"),
          Map.entry("@in", "in"));

  private final CelCompiler compiler;
  private final List<InputColumn> columns;

  TypeChecker(List<InputColumn> columns) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardEnvironmentEnabled(false)
            .setOptions(
                CelOptions.current()
                    .maxParseRecursionDepth(MAXIMUM_DEPTH)
                    .maxExpressionCodePointSize(MAXIMUM_LENGTH)
                    .build())
            .addFunctionDeclarations(Language.declarations());
    columns.forEach(column -> builder.addVar(column.identifier(), type(column.type())));
    this.compiler = builder.build();
    this.columns = List.copyOf(columns);
  }

  /**
   * Checks one expression.
   *
   * @throws ExpressionException with every problem of it
   */
  TypedExpression check(String name, String expression) {
    int length = expression.codePointCount(0, expression.length());
    if (length > MAXIMUM_LENGTH) {
      throw ExpressionException.in(
          name,
          "expression '"
              + name
              + "': has "
              + length
              + " characters, more than "
              + MAXIMUM_LENGTH
              + ": split it into features");
    }
    try {
      CelMutableAst parsed = CelMutableAst.fromCelAst(compiler.parse(expression).getAst());
      integersToDoubles(parsed.expr());
      CelAbstractSyntaxTree tree = compiler.check(parsed.toParsedAst()).getAst();
      return new TypedExpression(name, tree);
    } catch (CelValidationException e) {
      throw ExpressionException.in(name, describe(name, expression, e.getErrors()), e);
    }
  }

  private static void integersToDoubles(CelMutableExpr expr) {
    switch (expr.getKind()) {
      case CONSTANT -> {
        if (expr.constant().getKind() == CelConstant.Kind.INT64_VALUE) {
          expr.setConstant(CelConstant.ofValue((double) expr.constant().int64Value()));
        }
      }
      case CALL -> {
        expr.call().target().ifPresent(TypeChecker::integersToDoubles);
        expr.call().args().forEach(TypeChecker::integersToDoubles);
      }
      case LIST -> expr.list().elements().forEach(TypeChecker::integersToDoubles);
      default -> {
        // Names contain no literal; what else CEL can write (maps, messages, selections) has no
        // declaration here and the
        // checker or the translation refuses it.
      }
    }
  }

  private String describe(String name, String expression, List<CelIssue> issues) {
    StringBuilder text = new StringBuilder("expression '" + name + "': ");
    String separator = "";
    for (CelIssue issue : issues.subList(0, Math.min(3, issues.size()))) {
      text.append(separator);
      if (issue.getSourceLocation().getLine() > 0) {
        text.append("line ")
            .append(issue.getSourceLocation().getLine())
            .append(", column ")
            .append(issue.getSourceLocation().getColumn() + 1)
            .append(": ");
      }
      text.append(explain(issue.getMessage()));
      separator = "; ";
    }
    columns.stream()
        .filter(column -> expression.contains(column.name()))
        .max(Comparator.comparingInt(column -> column.name().length()))
        .filter(column -> !column.name().equals(column.identifier()))
        .ifPresent(
            column ->
                text.append("; column '")
                    .append(column.name())
                    .append("' is called ")
                    .append(column.identifier())
                    .append(" in expressions"));
    return text.append(" (in: ").append(abbreviate(expression)).append(")").toString();
  }

  private String explain(String message) {
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      String unknown = undeclared.group(1);
      if (Language.functions().contains(unknown)) {
        return "'" + unknown + "' is a function: write its arguments behind it in parentheses";
      }
      List<String> known = columns.stream().map(InputColumn::identifier).toList();
      return "there is no column or function '"
          + unknown
          + "'"
          + Spelling.hint(unknown, known, Language.functions());
    }
    if (message.startsWith("Expression recursion limit exceeded")) {
      return "nests more than "
          + MAXIMUM_DEPTH
          + " deep, where each term of a sum and each choice counts: split it into features";
    }
    String plain = SyntaxProblem.inWords(message).replace("google.protobuf.Timestamp", "timestamp");
    for (Map.Entry<String, String> operator : OPERATORS.entrySet()) {
      plain = plain.replace("'" + operator.getKey() + "'", "'" + operator.getValue() + "'");
    }
    plain = plain.replace("double", "number").replace("bool", "boolean");
    if (plain.contains("no matching overload") && plain.contains("null")) {
      return "a missing value is found with missing(COLUMN), not by comparing with null";
    }
    return plain.contains("no matching overload")
        ? plain + "; numbers, strings, booleans and timestamps do not mix"
        : plain;
  }

  private static String abbreviate(String expression) {
    String line = expression.strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }

  private static CelType type(ColumnType type) {
    return switch (type) {
      case STRING -> SimpleType.STRING;
      case NUMBER, INTEGER -> SimpleType.DOUBLE;
      case BOOLEAN -> SimpleType.BOOL;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
    };
  }
}
