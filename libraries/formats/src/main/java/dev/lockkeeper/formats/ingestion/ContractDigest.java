package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.Digests;

/**
 * The digest by which statements name a data contract. The stage that enforces the contract
 * computes it from the rules that it enforces; the digest of the contract file is only what a
 * client said.
 */
public final class ContractDigest {

  private ContractDigest() {}

  /**
   * Hexadecimal SHA-256 of the contract's canonical form: JSON with sorted keys, without the digest
   * of the file. What the contract leaves out is left out of the form, so a version that knows more
   * kinds of rules computes the same digest for a contract without them.
   */
  public static String of(DataContract contract) {
    return Digests.sha256(ContractFields.write(contract).bytes());
  }
}
