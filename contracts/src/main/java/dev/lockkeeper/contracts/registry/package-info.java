/** The registry: an immutable, signed package for each model version. */
@NullMarked
package dev.lockkeeper.contracts.registry;

import org.jspecify.annotations.NullMarked;
