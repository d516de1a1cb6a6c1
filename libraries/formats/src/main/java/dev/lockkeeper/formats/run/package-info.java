/** The identity of a run, its roles, stages and metrics. */
@NullMarked
package dev.lockkeeper.formats.run;

import org.jspecify.annotations.NullMarked;
