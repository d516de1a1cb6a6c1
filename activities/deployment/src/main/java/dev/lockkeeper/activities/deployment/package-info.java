/**
 * The deployment stage: signed serving manifests, the canary's judgement, promotion and rollback.
 */
@NullMarked
package dev.lockkeeper.activities.deployment;

import org.jspecify.annotations.NullMarked;
