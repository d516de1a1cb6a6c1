package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.Required;
import java.util.List;

/**
 * A data contract (Open Data Contract Standard v3.1) as the stages use it.
 *
 * @param id the contract's id
 * @param version the contract's own version
 * @param table the name of its one schema object
 * @param digest hexadecimal SHA-256 of the contract file's bytes
 * @param columns the columns, in order; a column that the contract does not name is a breach
 * @param rules quality rules of the table and of its columns
 */
public record DataContract(
    String id,
    String version,
    String table,
    String digest,
    List<ColumnContract> columns,
    List<QualityRule> rules) {

  public DataContract {
    Required.value("contract.id", id);
    Required.value("contract.version", version);
    Required.value("contract.table", table);
    Required.value("contract.digest", digest);
    columns = Required.list("contract.columns", columns);
    rules = Required.list("contract.rules", rules);
    ContractInvariants invariants = new ContractInvariants(columns);
    invariants.require();
    invariants.require(rules);
  }
}
