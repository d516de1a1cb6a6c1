package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldoutTableTest {

  @Test
  void finiteFeatures_anInfiniteOneIsNamedWithItsRow() {
    FeatureProgram program =
        FeatureCompiler.compile(
            new FeatureSetSpecification(
                "1",
                null,
                List.of(
                    new FeatureSpecification("miles", "miles"),
                    new FeatureSpecification("pace", "1 / miles")),
                new LabelSpecification("tipped", "miles > 1")),
            List.of(
                new ColumnContract(
                    "miles", ColumnType.NUMBER, false, false, null, null, List.of(), null, null)));
    HoldoutTable table =
        new HoldoutTable(
            Set.of("miles"),
            RowUnits.eachRow(2),
            new boolean[] {true, true},
            new boolean[] {true, false},
            Map.of("miles", new double[] {2, 0}),
            Map.of());

    SpecificationException refused =
        assertThrows(SpecificationException.class, () -> table.finiteFeatures(program));
    assertEquals(
        "feature 'pace' of hold-out row 2 is infinite: guard its expression, for instance against a"
            + " division by zero",
        refused.getMessage());
  }
}
