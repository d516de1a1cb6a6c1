/** The features stage: typed rows in, a training table and a hold-out out. */
@NullMarked
package dev.lockkeeper.activities.features;

import org.jspecify.annotations.NullMarked;
