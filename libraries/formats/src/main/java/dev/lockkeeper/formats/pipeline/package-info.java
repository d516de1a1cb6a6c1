/** The whole specification of a pipeline. */
@NullMarked
package dev.lockkeeper.formats.pipeline;

import org.jspecify.annotations.NullMarked;
