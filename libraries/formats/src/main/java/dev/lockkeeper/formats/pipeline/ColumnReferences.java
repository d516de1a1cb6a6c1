package dev.lockkeeper.formats.pipeline;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.features.TimeSplit;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.validation.BehaviourCheck;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.List;
import java.util.Set;

/**
 * The columns that a specification names beside its expressions.
 *
 * @param known the contract's
 */
record ColumnReferences(List<String> known) {

  static ColumnReferences to(DataContract contract) {
    return new ColumnReferences(contract.columns().stream().map(ColumnContract::name).toList());
  }

  void require(SplitSpecification split) {
    String key = split.key();
    if (key != null) {
      require("split.key", key);
    }
    TimeSplit time = split.time();
    if (time != null) {
      require("split.time.column", time.column());
    }
  }

  void require(ValidationSpecification validation) {
    for (BehaviourCheck check : validation.behaviour()) {
      columns(check).forEach(column -> require("validation.behaviour." + check.name(), column));
    }
    FairnessGate fairness = validation.fairness();
    if (fairness != null) {
      require("validation.fairness.column", fairness.column());
    }
  }

  private static Set<String> columns(BehaviourCheck check) {
    if (check instanceof BehaviourCheck.Invariance invariance) {
      return invariance.set().keySet();
    }
    if (check instanceof BehaviourCheck.KnownCase known) {
      return known.row().keySet();
    }
    return Set.of(((BehaviourCheck.Direction) check).column());
  }

  private void require(String where, String column) {
    if (!known.contains(column)) {
      throw new InvalidSpecificationException(
          where
              + ": the contract has no column '"
              + column
              + "': it has "
              + String.join(", ", known));
    }
  }
}
