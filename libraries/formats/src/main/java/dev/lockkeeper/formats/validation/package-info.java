/** Gates, metrics and what an evaluation found. */
@NullMarked
package dev.lockkeeper.formats.validation;

import org.jspecify.annotations.NullMarked;
