package dev.lockkeeper.workflows.run;

/** Text for the Web UI, which shows a workflow's current details as Markdown. */
public final class Markdown {

  private Markdown() {}

  /** Text from data or people cannot break the table nor start a tag or a link. */
  public static String cell(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]", " ");
    String safe =
        line.replace("|", "\\|").replace("`", "'").replace("<", "&lt;").replace("[", "\\[");
    return safe.length() <= 400 ? safe : safe.substring(0, 400) + "…";
  }
}
