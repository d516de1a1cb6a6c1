package dev.lockkeeper.formats.artifact;

/**
 * A separate root of the artifact store, with its own owners and modes (a directory, or a bucket or
 * prefix on an S3 store). A role reaches only the zones that the architecture gives it.
 */
public enum Zone {
  RAW,
  PROCESSED,
  FEATURES,
  CANDIDATES,
  MODELS,
  DEPLOYMENTS,
  INFERENCE_LOG,
  EVIDENCE,
  REPORTS;

  /** The zone's folder or bucket name, for example {@code inference-log}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
