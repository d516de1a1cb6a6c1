/**
 * Digests, the write-once artifact store, keys, statements and the verification of the chain of
 * custody.
 */
@NullMarked
package dev.lockkeeper.custody;

import org.jspecify.annotations.NullMarked;
