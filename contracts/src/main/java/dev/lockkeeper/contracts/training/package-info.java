/** The third lock: from features to a model file. */
@NullMarked
package dev.lockkeeper.contracts.training;

import org.jspecify.annotations.NullMarked;
