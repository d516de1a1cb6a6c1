/** The monitoring stage: the live model's features and answers against its signed baseline. */
@NullMarked
package dev.lockkeeper.monitoring;

import org.jspecify.annotations.NullMarked;
