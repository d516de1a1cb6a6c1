/** The monitoring stage: the live model's features and predictions against its signed baseline. */
@NullMarked
package dev.lockkeeper.activities.monitoring;

import org.jspecify.annotations.NullMarked;
