/** The one way to run a model file, used by validation and serving. */
@NullMarked
package dev.lockkeeper.runtime;

import org.jspecify.annotations.NullMarked;
