/** The monitoring stage: the live model's features and answers against its signed baseline. */
@NullMarked
package dev.lockkeeper.activities.monitoring;

import org.jspecify.annotations.NullMarked;
