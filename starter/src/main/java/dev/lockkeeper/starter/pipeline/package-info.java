/** Reads pipeline files and data contracts. */
@NullMarked
package dev.lockkeeper.starter.pipeline;

import org.jspecify.annotations.NullMarked;
