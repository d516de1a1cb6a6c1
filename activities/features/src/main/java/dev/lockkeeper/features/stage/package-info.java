/** The features stage: typed rows in, a training table and a hold-out out. */
@NullMarked
package dev.lockkeeper.features.stage;

import org.jspecify.annotations.NullMarked;
