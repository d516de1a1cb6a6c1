package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.FieldWriter;
import org.jspecify.annotations.Nullable;

/** A data contract's rules as the digests of contract and specification take them. */
public final class ContractFields {

  private ContractFields() {}

  /** Everything but the digest of the contract's file. */
  public static FieldWriter write(DataContract contract) {
    return new FieldWriter()
        .put("id", contract.id())
        .put("version", contract.version())
        .put("table", contract.table())
        .put("columns", contract.columns(), ColumnFields::write)
        .put("rules", contract.rules(), ContractFields::write);
  }

  private static FieldWriter write(QualityRule rule) {
    return new FieldWriter()
        .put("name", rule.name())
        .put("column", rule.column())
        .put("metric", rule.metric())
        .put("percent", rule.percent())
        .put("minimum", rule.minimum())
        .put("minimumExclusive", rule.minimumExclusive())
        .put("maximum", rule.maximum())
        .put("maximumExclusive", rule.maximumExclusive())
        .put("negated", rule.negated())
        .put("arguments", arguments(rule.arguments()));
  }

  private static @Nullable FieldWriter arguments(@Nullable RuleArguments arguments) {
    return arguments == null
        ? null
        : new FieldWriter()
            .put("validValues", arguments.validValues())
            .put("pattern", arguments.pattern())
            .put("missingValues", arguments.missingValues())
            .put("properties", arguments.properties());
  }
}
