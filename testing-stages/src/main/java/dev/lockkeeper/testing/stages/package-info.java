/** Contract tests for what others add to single stages: trainers, gate checks and drift checks. */
@NullMarked
package dev.lockkeeper.testing.stages;

import org.jspecify.annotations.NullMarked;
