package dev.lockkeeper.features;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Translates a checked expression to one Java expression over a row. Literal lists become constants
 * of the class.
 */
final class JavaTranslation {

  private static final String MATH = "StrictMath";
  private static final String FUNCTIONS = "dev.lockkeeper.features.RowFunctions";

  private final List<InputColumn> columns;
  private final List<String> constants = new ArrayList<>();
  private final Set<String> read = new LinkedHashSet<>();

  JavaTranslation(List<InputColumn> columns) {
    this.columns = columns;
  }

  /**
   * Nested classes that the translated expressions need: a list each, so that no initialiser
   * outgrows the JVM.
   */
  List<String> constants() {
    return constants;
  }

  /** Names of the columns that were read. */
  Set<String> read() {
    return read;
  }

  String translate(TypedExpression expression) {
    return translate(expression, expression.tree().getExpr());
  }

  private String translate(TypedExpression in, CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> literal(in, expr.constant());
      case IDENT -> column(expr.ident().name());
      case CALL -> call(in, expr);
      case LIST -> list(in, expr);
      default ->
          throw unsupported(in, "a " + expr.getKind().name().toLowerCase(java.util.Locale.ROOT));
    };
  }

  private String call(TypedExpression in, CelExpr expr) {
    List<CelExpr> arguments = new ArrayList<>();
    expr.call().target().ifPresent(arguments::add);
    arguments.addAll(expr.call().args());
    if (expr.call().function().equals("missing")
        && arguments.get(0).getKind() == CelExpr.ExprKind.Kind.IDENT) {
      return missing(arguments.get(0).ident().name());
    }
    List<String> overloads = in.tree().getReference(expr.id()).orElseThrow().overloadIds();
    if (overloads.size() != 1) {
      throw unsupported(in, "an ambiguous use of '" + expr.call().function() + "'");
    }
    String java = Language.JAVA.get(overloads.get(0));
    if (java == null) {
      throw unsupported(in, "'" + expr.call().function() + "'");
    }
    String text = java.replace("$M", MATH).replace("$F", FUNCTIONS);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '$') {
        i++;
        out.append(translate(in, arguments.get(text.charAt(i) - '1')));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private String column(String identifier) {
    int index = index(identifier);
    return switch (columns.get(index).type()) {
      case STRING -> "row.text(" + index + ")";
      case BOOLEAN -> "(row.number(" + index + ") == 1.0)";
      case NUMBER, INTEGER, TIMESTAMP -> "row.number(" + index + ")";
    };
  }

  private String missing(String identifier) {
    int index = index(identifier);
    return columns.get(index).type() == ColumnType.STRING
        ? "row.text(" + index + ").isEmpty()"
        : "Double.isNaN(row.number(" + index + "))";
  }

  private int index(String identifier) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).identifier().equals(identifier)) {
        read.add(columns.get(i).name());
        return i;
      }
    }
    throw new IllegalStateException("the checker knows no '" + identifier + "'");
  }

  private String list(TypedExpression in, CelExpr expr) {
    if (expr.list().elements().isEmpty()) {
      throw ExpressionException.in(
          in.name(), "expression '" + in.name() + "': a list needs at least one value");
    }
    List<String> values = new ArrayList<>();
    for (CelExpr element : expr.list().elements()) {
      if (element.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
        throw unsupported(in, "a list of anything but literals");
      }
      values.add(literal(in, element.constant()));
    }
    boolean texts =
        in.tree()
            .getType(expr.list().elements().get(0).id())
            .orElseThrow()
            .equals(SimpleType.STRING);
    boolean mixed =
        expr.list().elements().stream()
            .anyMatch(e -> (e.constant().getKind() == CelConstant.Kind.STRING_VALUE) != texts);
    if (mixed) {
      throw ExpressionException.in(
          in.name(),
          "expression '" + in.name() + "': a list contains numbers alone or strings alone");
    }
    String type = texts ? "String[]" : "double[]";
    String name = "List" + constants.size();
    constants.add(
        "static final class "
            + name
            + " { static final "
            + type
            + " VALUES = {"
            + String.join(", ", values)
            + "}; }");
    return name + ".VALUES";
  }

  private static String literal(TypedExpression in, CelConstant constant) {
    return switch (constant.getKind()) {
      case DOUBLE_VALUE -> number(constant.doubleValue());
      case STRING_VALUE -> quote(constant.stringValue());
      case BOOLEAN_VALUE -> Boolean.toString(constant.booleanValue());
      default -> throw unsupported(in, "a literal of kind " + constant.getKind());
    };
  }

  private static String number(double value) {
    return "Double.longBitsToDouble(" + Double.doubleToRawLongBits(value) + "L)";
  }

  /**
   * Java reads the Unicode escape of a quote as a quote before it reads the literal, so what is not
   * plain is written in octal.
   */
  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
        quoted.append(c);
      } else {
        quoted.append(
            c < 256 ? String.format("\\%03o", (int) c) : String.format("\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }

  private static ExpressionException unsupported(TypedExpression in, String what) {
    return ExpressionException.in(
        in.name(),
        "expression '"
            + in.name()
            + "': "
            + what
            + " is not part of the feature language (docs/layers/features.md)");
  }
}
