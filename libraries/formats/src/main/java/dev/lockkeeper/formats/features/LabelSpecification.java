package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.Required;

/**
 * The label.
 *
 * @param name its name, as a feature's
 * @param expression a typed expression over the contract's columns; its value is a boolean
 */
public record LabelSpecification(String name, String expression) {

  public LabelSpecification {
    Required.value("features.label.name", name);
    Required.value("features.label.expression", expression);
  }
}
