package dev.lockkeeper.features;

import dev.lockkeeper.contracts.ingestion.ColumnType;

/**
 * A column that a program reads.
 *
 * @param name its name in the data
 * @param type its logical type
 */
public record InputColumn(String name, ColumnType type) {

  /**
   * How expressions call the column: every character that no identifier may hold becomes {@code _},
   * and a leading digit gets one in front, so {@code education-num} is {@code education_num}.
   */
  public String identifier() {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }
}
