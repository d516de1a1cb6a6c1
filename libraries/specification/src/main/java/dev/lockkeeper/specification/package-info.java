/** Reads pipeline files and data contracts. */
@NullMarked
package dev.lockkeeper.specification;

import org.jspecify.annotations.NullMarked;
