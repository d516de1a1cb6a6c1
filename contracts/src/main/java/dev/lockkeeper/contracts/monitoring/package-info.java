/** Watching the live model against the signed baseline. */
@NullMarked
package dev.lockkeeper.contracts.monitoring;

import org.jspecify.annotations.NullMarked;
