package dev.lockkeeper.formats.ingestion;

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

/** Result of the ingestion stage. There may be more kinds later. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "kind",
    visible = true,
    defaultImpl = Dataset.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Dataset.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = Dataset.Refused.class, name = "refused")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface Dataset {

  /** The source file's bytes in the raw zone. */
  ArtifactRef raw();

  /** Rows read. */
  long rows();

  /** Broken rules, at most fifty; empty if the data set is accepted. */
  List<ContractBreach> breaches();

  /** The machine-readable contract report (reports zone). */
  ArtifactRef report();

  /** The signed dataset statement. */
  Evidence evidence();

  /**
   * The data set keeps to its contract.
   *
   * @param processed typed Parquet (columns in contract order, source row order)
   */
  record Accepted(
      ArtifactRef raw, ArtifactRef processed, long rows, ArtifactRef report, Evidence evidence)
      implements Dataset {

    @Override
    public List<ContractBreach> breaches() {
      return List.of();
    }
  }

  /** The data set breaks its contract, so that there are no rows to work with. */
  record Refused(
      ArtifactRef raw,
      long rows,
      List<ContractBreach> breaches,
      ArtifactRef report,
      Evidence evidence)
      implements Dataset {}

  /**
   * The kind that the parts make; reads, too, what was recorded before data sets had a kind.
   *
   * @param processed null if the contract was broken
   */
  @JsonCreator
  static Dataset recorded(
      @JsonProperty("kind") @Nullable String kind,
      @JsonProperty("raw") ArtifactRef raw,
      @JsonProperty("processed") @Nullable ArtifactRef processed,
      @JsonProperty("rows") long rows,
      @JsonProperty("breaches") List<ContractBreach> breaches,
      @JsonProperty("report") ArtifactRef report,
      @JsonProperty("evidence") Evidence evidence) {
    Json.requireNoKind("data set", kind);
    return processed == null
        ? new Refused(raw, rows, breaches, report, evidence)
        : new Accepted(raw, processed, rows, report, evidence);
  }
}
