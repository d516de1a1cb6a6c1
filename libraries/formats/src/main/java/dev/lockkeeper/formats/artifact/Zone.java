package dev.lockkeeper.formats.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A separate root of the artifact store, with its own owners and modes (a directory, or a bucket or
 * prefix on an S3 store). A role reaches only the zones that its stage declares. Lockkeeper's own
 * zones are the constants; a stage of somebody else's may declare one of its own.
 *
 * @param label the zone's folder or bucket name, for example {@code inference-log}: lower-case
 *     letters, digits and hyphens, at most 63 characters
 */
public record Zone(String label) {

  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final int LONGEST = 63;

  public static final Zone RAW = new Zone("raw");
  public static final Zone PROCESSED = new Zone("processed");
  public static final Zone FEATURES = new Zone("features");
  public static final Zone CANDIDATES = new Zone("candidates");
  public static final Zone MODELS = new Zone("models");
  public static final Zone DEPLOYMENTS = new Zone("deployments");
  public static final Zone INFERENCE_LOG = new Zone("inference-log");
  public static final Zone EVIDENCE = new Zone("evidence");
  public static final Zone REPORTS = new Zone("reports");

  /** The constants. */
  public static final List<Zone> OWN =
      List.of(
          RAW,
          PROCESSED,
          FEATURES,
          CANDIDATES,
          MODELS,
          DEPLOYMENTS,
          INFERENCE_LOG,
          EVIDENCE,
          REPORTS);

  public Zone {
    if (label.length() > LONGEST || !LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "zone '"
              + label
              + "': expected lower-case letters, digits and single hyphens, at most "
              + LONGEST
              + " characters");
    }
  }

  /**
   * The zone of a JSON document.
   *
   * @param name for example {@code INFERENCE_LOG}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Zone named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "zone '" + name + "': expected upper-case letters, digits and single underscores");
    }
    return new Zone(name.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Its name in JSON documents, for example {@code INFERENCE_LOG}. */
  @JsonValue
  public String name() {
    return label.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public String toString() {
    return name();
  }
}
