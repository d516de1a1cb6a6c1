/** Starts, watches and decides pipeline runs from somebody's own program. */
@NullMarked
package dev.lockkeeper.client;

import org.jspecify.annotations.NullMarked;
