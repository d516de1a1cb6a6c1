/** Inference records, baselines and window comparisons. */
@NullMarked
package dev.lockkeeper.formats.monitoring;

import org.jspecify.annotations.NullMarked;
