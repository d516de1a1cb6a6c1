package dev.lockkeeper.specification;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.ArrayList;
import java.util.List;

/** What a valid pipeline leaves to chance. */
public final class Remarks {

  private Remarks() {}

  /** What nobody looks at unless the pipeline asks for it, a line each. */
  public static List<String> of(PipelineSpecification specification) {
    ValidationSpecification validation = specification.validation();
    List<String> remarks = new ArrayList<>();
    if (validation.metrics().isEmpty()
        && validation.behaviour().isEmpty()
        && validation.fairness() == null) {
      remarks.add("validation: there is no gate, so nothing that is measured can refuse a model");
    } else if (validation.metrics().stream().allMatch(gate -> gate.margin() == null)) {
      remarks.add(
          "validation.metrics: no gate has a margin, so a model may be worse than the stable one");
    }
    List<String> unwatched = validation.unwatched();
    if (!unwatched.isEmpty()) {
      remarks.add(
          "validation.fairness: the contract marks "
              + String.join(", ", unwatched)
              + " as protected, and no gate compares its groups");
    }
    if (specification.split().key() == null && specification.split().time() == null) {
      remarks.add(
          "split: rows are split by their whole content, so a new column moves rows to the other"
              + " side; split.key names a column that stays");
    }
    return remarks;
  }
}
