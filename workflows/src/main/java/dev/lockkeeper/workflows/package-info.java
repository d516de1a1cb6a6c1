/** Replayed code only: the pipeline, canary, rollback and monitoring workflows. */
@NullMarked
package dev.lockkeeper.workflows;

import org.jspecify.annotations.NullMarked;
