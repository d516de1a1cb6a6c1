package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import java.util.Map;

/**
 * The digest by which statements name a data contract. The stage that enforces the contract
 * computes it from the rules that it enforces; the digest of the contract file is only what a
 * client said.
 */
public final class ContractDigest {

  private ContractDigest() {}

  /**
   * Hexadecimal SHA-256 of the contract's canonical form: its JSON with sorted keys, without the
   * digest of the file.
   */
  public static String of(DataContract contract) {
    return Digests.sha256(
        Json.canonicalBytes(
            Map.of(
                "id", contract.id(),
                "version", contract.version(),
                "table", contract.table(),
                "columns", contract.columns(),
                "rules", contract.rules())));
  }
}
