/** References to objects of the store, and its zones. */
@NullMarked
package dev.lockkeeper.formats.artifact;

import org.jspecify.annotations.NullMarked;
