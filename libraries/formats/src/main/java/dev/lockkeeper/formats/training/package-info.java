/** The training specification and the trained model. */
@NullMarked
package dev.lockkeeper.formats.training;

import org.jspecify.annotations.NullMarked;
