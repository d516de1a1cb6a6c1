package dev.lockkeeper.contracts.run;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/**
 * The typed search attributes that a run carries; all are keywords and must be registered before
 * use.
 */
public final class SearchAttributes {

  public static final SearchAttributeKey<String> MODEL_NAME =
      SearchAttributeKey.forKeyword("ModelName");
  public static final SearchAttributeKey<String> MODEL_VERSION =
      SearchAttributeKey.forKeyword("ModelVersion");
  public static final SearchAttributeKey<String> PIPELINE_STAGE =
      SearchAttributeKey.forKeyword("PipelineStage");
  public static final SearchAttributeKey<String> ENDPOINT =
      SearchAttributeKey.forKeyword("Endpoint");
  public static final SearchAttributeKey<String> VERDICT = SearchAttributeKey.forKeyword("Verdict");

  private SearchAttributes() {}

  /** All of them, in the order in which they are registered. */
  public static List<SearchAttributeKey<String>> all() {
    return List.of(MODEL_NAME, MODEL_VERSION, PIPELINE_STAGE, ENDPOINT, VERDICT);
  }
}
