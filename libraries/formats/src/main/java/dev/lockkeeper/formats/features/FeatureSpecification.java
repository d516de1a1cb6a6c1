package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.Required;

/**
 * One feature.
 *
 * @param name {@code [a-z][a-z0-9_]*}
 * @param expression a typed expression over the contract's columns; its value is a number or a
 *     boolean
 */
public record FeatureSpecification(String name, String expression) {

  public FeatureSpecification {
    Required.value("features.columns.name", name);
    Required.value("features.columns.expression", expression);
  }
}
