/** The fourth lock: gates on a hold-out, against the stable model on the same rows. */
@NullMarked
package dev.lockkeeper.contracts.validation;

import org.jspecify.annotations.NullMarked;
