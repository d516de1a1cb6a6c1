package dev.lockkeeper.features;

import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.List;

/** Columns of a taxi trip, and feature sets that read them. */
final class TripColumns {

  static final List<ColumnContract> COLUMNS =
      List.of(
          column("fare", ColumnType.NUMBER),
          column("trip_seconds", ColumnType.INTEGER),
          column("payment-type", ColumnType.STRING),
          column("shared", ColumnType.BOOLEAN),
          column("pickup", ColumnType.TIMESTAMP),
          column("dropoff", ColumnType.TIMESTAMP),
          column("tips", ColumnType.NUMBER));

  private TripColumns() {}

  static FeatureProgram program(String expression) {
    return FeatureCompiler.compile(
        set(List.of(new FeatureSpecification("f", expression))), COLUMNS);
  }

  static FeatureSetSpecification set(List<FeatureSpecification> features) {
    return new FeatureSetSpecification(
        "1", null, features, new LabelSpecification("big_tip", "tips > 0.2 * fare"));
  }

  static ColumnContract column(String name, ColumnType type) {
    return new ColumnContract(name, type, false, false, null, null, List.of(), null, null);
  }
}
