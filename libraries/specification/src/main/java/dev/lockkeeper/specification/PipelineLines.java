package dev.lockkeeper.specification;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Finds where things stand in a pipeline file. */
final class PipelineLines {

  private PipelineLines() {}

  /** The places of a file that was read. */
  static Map<String, Place> of(Path file, Section top) {
    Map<String, Place> places = new HashMap<>();
    lines(top).forEach((name, line) -> places.put(name, new Place(file, line)));
    Section features = top.section("features");
    expression(places, file, "filter", features, "filter");
    for (Section feature : features.sections("columns")) {
      expression(places, file, feature.text("name"), feature, "expression");
    }
    Section label = features.section("label");
    expression(places, file, label.text("name"), label, "expression");
    return places;
  }

  private static void expression(
      Map<String, Place> places, Path file, String name, Section section, String key) {
    places.put(name, new Place(file, section.lineOf(key), section.columnOf(key)));
  }

  private static Map<String, Integer> lines(Section top) {
    Section training = top.section("training");
    Map<String, Integer> lines = new HashMap<>();
    lines.put("contract", top.lineOf("contract"));
    lines.put("features.columns", top.section("features").lineOf("columns"));
    lines.put("training.trainer", training.lineOf("trainer"));
    lines.put("training.parameters", training.lineOf("parameters"));
    lines.put("validation.behaviour", top.section("validation").lineOf("behaviour"));
    return lines;
  }
}
