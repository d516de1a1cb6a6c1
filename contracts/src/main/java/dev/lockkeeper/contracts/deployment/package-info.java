/** The sixth lock: canary, promotion and rollback at the serving gateway. */
@NullMarked
package dev.lockkeeper.contracts.deployment;

import org.jspecify.annotations.NullMarked;
