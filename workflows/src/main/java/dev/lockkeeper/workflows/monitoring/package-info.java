/** Replayed: the watch over an endpoint. */
@NullMarked
package dev.lockkeeper.workflows.monitoring;

import org.jspecify.annotations.NullMarked;
