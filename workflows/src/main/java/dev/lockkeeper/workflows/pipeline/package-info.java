/** Replayed: from data to production, with the review by people. */
@NullMarked
package dev.lockkeeper.workflows.pipeline;

import org.jspecify.annotations.NullMarked;
