package dev.lockkeeper.formats.ingestion;

import java.util.List;

/**
 * A data set held against its contract.
 *
 * @param run the run's id, {@code MODEL@VERSION}
 * @param source path of the source file as the ingestion worker sees it
 * @param sourceSha256 hexadecimal SHA-256 of the source file's bytes
 * @param contract the contract's id
 * @param contractVersion the contract's own version
 * @param contractSha256 the {@link ContractDigest} of the rules that were enforced, as the dataset
 *     statement names them. It differs from the digest of the contract file
 * @param rows rows read
 * @param breaches every broken rule; empty if the data set is accepted
 */
public record ContractReport(
    String run,
    String source,
    String sourceSha256,
    String contract,
    String contractVersion,
    String contractSha256,
    long rows,
    List<ContractBreach> breaches) {

  /** Whether the data set keeps to the contract. */
  public boolean accepted() {
    return breaches.isEmpty();
  }
}
