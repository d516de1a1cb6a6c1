package dev.lockkeeper.formats.registry;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.ingestion.ColumnFields;

/** {@code serving-contract.json}: a file of the package, signed with it by the registry. */
public final class ServingContractFormat extends Format<ServingContract> {

  public static final ServingContractFormat INSTANCE = new ServingContractFormat();

  private ServingContractFormat() {
    super("serving contract", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(ServingContract value, FieldWriter to) {
    to.put("model", value.model())
        .put("version", value.version())
        .put("inputs", value.inputs(), ColumnFields::write)
        .put("featureProgram", value.featureProgram())
        .put("featureSetVersion", value.featureSetVersion())
        .put("featureNames", value.featureNames())
        .put("modelDigest", value.modelDigest())
        .put("decisionThreshold", value.decisionThreshold())
        .put("positiveLabel", value.positiveLabel());
  }

  @Override
  protected ServingContract readFields(FieldReader from) {
    return new ServingContract(
        from.text("model"),
        from.text("version"),
        from.list("inputs", ColumnFields::read),
        from.text("featureProgram"),
        from.text("featureSetVersion"),
        from.texts("featureNames"),
        from.text("modelDigest"),
        from.real("decisionThreshold"),
        from.text("positiveLabel"));
  }
}
