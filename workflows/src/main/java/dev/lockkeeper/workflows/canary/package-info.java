/** Replayed: one release to an endpoint, step by step. */
@NullMarked
package dev.lockkeeper.workflows.canary;

import org.jspecify.annotations.NullMarked;
