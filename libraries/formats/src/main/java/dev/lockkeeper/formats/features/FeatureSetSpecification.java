package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a row becomes features and a label.
 *
 * @param version the feature set's version
 * @param rowFilter a boolean expression; rows for which it is false are left out. Null keeps all
 * @param features the features in model order
 * @param label the label; the columns it needs are not needed when serving
 */
public record FeatureSetSpecification(
    String version,
    @Nullable String rowFilter,
    List<FeatureSpecification> features,
    LabelSpecification label) {

  public FeatureSetSpecification {
    Required.value("features.version", version);
    features = Required.list("features.columns", features);
    Required.value("features.label", label);
  }
}
