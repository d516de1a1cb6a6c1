package dev.lockkeeper.formats.deployment;

/** What counts once when a canary is judged. */
public enum HarmUnit {
  /** A routing key, by its first failure: safe where failures of one client come together. */
  KEY,
  /** A request: faster, where requests fail independently of each other. */
  REQUEST
}
