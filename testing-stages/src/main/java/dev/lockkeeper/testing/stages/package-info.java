/**
 * Contract tests for what others add to single stages: trainers, gate checks, drift checks and
 * deployment targets.
 */
@NullMarked
package dev.lockkeeper.testing.stages;

import org.jspecify.annotations.NullMarked;
