/** What a model package and its release must prove before anything serves them. */
@NullMarked
package dev.lockkeeper.custody.release;

import org.jspecify.annotations.NullMarked;
