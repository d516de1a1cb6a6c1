package dev.lockkeeper.serving;

/** What became of a request, as it counts for the arm that it was routed to. */
enum Outcome {
  /** The version answered within its limit. */
  ANSWERED,
  /** It failed or took too long, and the other version did not. */
  ERROR,
  /** It answered something invalid, and the other version did not. */
  INVALID,
  /** Neither version answered: that says nothing about either. */
  COMMON
}
