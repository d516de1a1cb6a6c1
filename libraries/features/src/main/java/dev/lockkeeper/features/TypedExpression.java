package dev.lockkeeper.features;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An expression that passed the type checker.
 *
 * @param name its name in messages
 * @param tree the checked syntax tree
 */
record TypedExpression(String name, CelAbstractSyntaxTree tree) {

  private static final Set<String> HANDLERS = Set.of("missing", "coalesce");

  boolean isBoolean() {
    return tree.getResultType().equals(SimpleType.BOOL);
  }

  boolean isNumber() {
    return tree.getResultType().equals(SimpleType.DOUBLE);
  }

  /**
   * Identifiers that the expression reads without speaking, by {@code missing} or {@code coalesce},
   * of the case that they are missing.
   */
  Set<String> taken() {
    Set<String> read = new LinkedHashSet<>();
    Set<String> handled = new HashSet<>();
    collect(tree.getExpr(), false, read, handled);
    read.removeAll(handled);
    return read;
  }

  private static void collect(
      CelExpr expr, boolean inHandler, Set<String> read, Set<String> handled) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.IDENT) {
      (inHandler ? handled : read).add(expr.ident().name());
    } else if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
      boolean handler = inHandler || HANDLERS.contains(expr.call().function());
      expr.call().target().ifPresent(target -> collect(target, handler, read, handled));
      expr.call().args().forEach(argument -> collect(argument, handler, read, handled));
    }
  }

  String typeName() {
    return switch (tree.getResultType().kind()) {
      case BOOL -> "a boolean";
      case DOUBLE -> "a number";
      case STRING -> "a string";
      case TIMESTAMP -> "a timestamp";
      default -> tree.getResultType().name();
    };
  }
}
