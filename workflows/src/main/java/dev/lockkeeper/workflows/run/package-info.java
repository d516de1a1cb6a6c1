/** Replayed: what the workflows share: how stages are called and endpoints restored. */
@NullMarked
package dev.lockkeeper.workflows.run;

import org.jspecify.annotations.NullMarked;
