/**
 * The deployment stage: signed serving manifests, the canary's judgement, promotion and rollback.
 */
@NullMarked
package dev.lockkeeper.deployment;

import org.jspecify.annotations.NullMarked;
