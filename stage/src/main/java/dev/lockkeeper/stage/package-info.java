/**
 * What every stage plugin shares: registration on its own queue, the attempt, the locked-down query
 * engine.
 */
@NullMarked
package dev.lockkeeper.stage;

import org.jspecify.annotations.NullMarked;
