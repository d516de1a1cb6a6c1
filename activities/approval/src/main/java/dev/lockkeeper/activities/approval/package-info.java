/** The approval stage: opens reviews, judges signed decisions, signs what was decided. */
@NullMarked
package dev.lockkeeper.activities.approval;

import org.jspecify.annotations.NullMarked;
