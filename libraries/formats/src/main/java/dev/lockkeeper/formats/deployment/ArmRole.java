package dev.lockkeeper.formats.deployment;

/** What an arm of an endpoint is for. */
public enum ArmRole {
  /** Answers what no candidate gets. */
  STABLE,
  /** Is tried on a share of the traffic, and answers it. */
  CANDIDATE,
  /** Computes a share of the requests again, and its answers are not sent. */
  SHADOW
}
