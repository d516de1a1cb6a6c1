/** The validation stage: metrics, gates, behaviour, fairness, the report and the gate statement. */
@NullMarked
package dev.lockkeeper.activities.validation;

import org.jspecify.annotations.NullMarked;
