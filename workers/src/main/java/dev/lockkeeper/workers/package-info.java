/** Processes that host roles: registration, configuration, health, metrics and traces. */
@NullMarked
package dev.lockkeeper.workers;

import org.jspecify.annotations.NullMarked;
