package dev.lockkeeper.activities.validation;

import java.util.Locale;

/** Text for HTML and SVG: everything that comes from outside passes through {@link #escape}. */
final class Markup {

  private Markup() {}

  /** The text with the five special characters of HTML replaced. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** A format with a decimal point whatever the locale. */
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** A number with four digits after the point. */
  static String number(double value) {
    return format("%.4f", value);
  }

  /** A signed number with four digits after the point. */
  static String signed(double value) {
    return minus(format("%+.4f", value));
  }

  /** A number as people write it: a minus in place of a hyphen, and none before a zero. */
  static String minus(String number) {
    return number.matches("-0\\.0*") ? number.substring(1) : number.replace('-', '−');
  }

  /**
   * A table's cell, which says its column where the screen is too narrow for columns.
   *
   * @param column the column's title
   * @param style CSS classes; empty for none
   * @param content markup
   */
  static String cell(String column, String style, String content) {
    return "<td"
        + (style.isEmpty() ? "" : " class=\"" + style + "\"")
        + " data-column=\""
        + escape(column)
        + "\">"
        + content
        + "</td>";
  }

  /** A share as percent with one digit. */
  static String percent(double share) {
    return format("%.1f %%", 100 * share);
  }
}
