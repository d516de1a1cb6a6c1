/** The only place that knows all: assembles command line, workers and gateway in one program. */
@NullMarked
package dev.lockkeeper.launcher;

import org.jspecify.annotations.NullMarked;
