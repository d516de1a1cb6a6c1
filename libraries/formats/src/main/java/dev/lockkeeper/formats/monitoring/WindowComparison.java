package dev.lockkeeper.formats.monitoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at the inference log. There may be more kinds later. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "kind",
    visible = true,
    defaultImpl = WindowComparison.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = WindowComparison.Compared.class, name = "compared"),
  @JsonSubTypes.Type(value = WindowComparison.TooFewRows.class, name = "too-few-rows")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface WindowComparison {

  /** Where the inference log was read to. */
  String cursor();

  /**
   * A window was compared with the baseline.
   *
   * @param rows predictions compared
   * @param alerts what left the baseline
   * @param report the machine-readable comparison (reports zone)
   * @param evidence the signed monitoring statement
   */
  record Compared(
      String cursor, long rows, List<DriftAlert> alerts, ArtifactRef report, Evidence evidence)
      implements WindowComparison {}

  /**
   * There are too few rows to compare: the window grows until the next look.
   *
   * @param cursor unchanged
   */
  record TooFewRows(String cursor) implements WindowComparison {}

  /** Reads a comparison of a watch that was recorded before comparisons had a kind. */
  @JsonCreator
  static WindowComparison recorded(
      @JsonProperty("kind") @Nullable String kind,
      @JsonProperty("cursor") String cursor,
      @JsonProperty("rows") long rows,
      @JsonProperty("alerts") List<DriftAlert> alerts,
      @JsonProperty("report") @Nullable ArtifactRef report,
      @JsonProperty("evidence") @Nullable Evidence evidence) {
    Json.requireNoKind("window comparison", kind);
    return report == null || evidence == null
        ? new TooFewRows(cursor)
        : new Compared(cursor, rows, alerts, report, evidence);
  }
}
