package dev.lockkeeper.features;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.SimpleType;

/**
 * An expression that passed the type checker.
 *
 * @param name its name in messages
 * @param tree the checked syntax tree
 */
record TypedExpression(String name, CelAbstractSyntaxTree tree) {

  boolean isTruth() {
    return tree.getResultType().equals(SimpleType.BOOL);
  }

  boolean isNumber() {
    return tree.getResultType().equals(SimpleType.DOUBLE);
  }

  String typeName() {
    return switch (tree.getResultType().kind()) {
      case BOOL -> "a truth value";
      case DOUBLE -> "a number";
      case STRING -> "a text";
      case TIMESTAMP -> "a timestamp";
      default -> tree.getResultType().name();
    };
  }
}
