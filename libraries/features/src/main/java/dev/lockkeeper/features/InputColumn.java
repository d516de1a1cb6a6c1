package dev.lockkeeper.features;

import dev.lockkeeper.formats.ingestion.ColumnType;
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
   * How expressions call the column: every character that no identifier may hold becomes {@code _},
   * a leading digit gets one in front, and a word that CEL reserves gets one behind: {@code
   * education-num} is {@code education_num}, {@code import} is {@code import_}.
   */
  public String identifier() {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (RESERVED.contains(plain)) {
      return plain + "_";
    }
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }
}
