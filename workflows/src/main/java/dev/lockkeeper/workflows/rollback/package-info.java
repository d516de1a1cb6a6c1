/** Replayed: one command that restores an endpoint. */
@NullMarked
package dev.lockkeeper.workflows.rollback;

import org.jspecify.annotations.NullMarked;
