package dev.lockkeeper.formats.deployment;

/**
 * What the gateway counted of an arm's routing keys under one manifest. A failure is a request that
 * counts as an error or as invalid.
 *
 * @param keys different keys; of more than 131,072 in both arms the rest is counted in {@code
 *     firstFailures} alone
 * @param failed keys with a failure under this manifest
 * @param atRisk keys without a failure before this manifest, since the candidate came
 * @param firstFailures keys whose first failure since the candidate came was under this manifest
 */
public record KeyCounts(long keys, long failed, long atRisk, long firstFailures) {}
