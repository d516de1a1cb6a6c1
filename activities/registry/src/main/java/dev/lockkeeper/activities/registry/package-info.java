/** The registry stage: one immutable, signed package for each model version. */
@NullMarked
package dev.lockkeeper.activities.registry;

import org.jspecify.annotations.NullMarked;
