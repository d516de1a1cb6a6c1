package dev.lockkeeper.formats.run;

/**
 * The business key of a run: the model version it makes, written {@code MODEL@VERSION}. It is the
 * workflow id too.
 *
 * @param model the model's name, a {@link ShortName}
 * @param version the version, {@code [A-Za-z0-9][A-Za-z0-9._-]*}, at most 63 characters
 */
public record RunId(String model, String version) {

  public RunId {
    ShortName.require("model name", model);
    if (!version.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "version '"
              + version
              + "': expected letters, digits, '.', '_' and '-', at most 63 characters");
    }
  }

  /**
   * Reads {@code MODEL@VERSION}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static RunId parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "run '" + text + "': expected MODEL@VERSION, for example taxi-tips@1");
    }
    return new RunId(text.substring(0, at), text.substring(at + 1));
  }

  @Override
  public String toString() {
    return model + "@" + version;
  }
}
