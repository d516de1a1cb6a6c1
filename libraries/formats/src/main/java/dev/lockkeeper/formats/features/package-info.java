/** Feature sets, splits and feature tables. */
@NullMarked
package dev.lockkeeper.formats.features;

import org.jspecify.annotations.NullMarked;
