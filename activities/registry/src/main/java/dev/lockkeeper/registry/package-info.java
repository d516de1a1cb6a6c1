/** The registry stage: one immutable, signed package for each model version. */
@NullMarked
package dev.lockkeeper.registry;

import org.jspecify.annotations.NullMarked;
