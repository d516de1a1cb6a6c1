package dev.lockkeeper.features;

import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.Locale;
import java.util.Set;

/**
 * A column that a program reads.
 *
 * @param name its name in the data
 * @param type its logical type
 */
public record InputColumn(String name, ColumnType type) {

  /** Words that CEL's grammar keeps for itself (the language's definition, section "Syntax"). */
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  /**
   * How expressions call the column: every character that an identifier may not contain becomes
   * {@code _}, a leading digit gets one in front, and a word that CEL reserves gets one behind:
   * {@code education-num} is {@code education_num}, {@code import} is {@code import_}.
   */
  public String identifier() {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (RESERVED.contains(plain)) {
      return plain + "_";
    }
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  /** The column's type with its article, for messages: {@code a number}, {@code an integer}. */
  public String typeName() {
    String label = type.name().toLowerCase(Locale.ROOT);
    return (type == ColumnType.INTEGER ? "an " : "a ") + label;
  }
}
