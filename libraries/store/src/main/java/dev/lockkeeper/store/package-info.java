/** The write-once artifact store and its zones. */
@NullMarked
package dev.lockkeeper.store;

import org.jspecify.annotations.NullMarked;
