/** The second lock: from typed rows to features and a label, by one compiled program. */
@NullMarked
package dev.lockkeeper.contracts.features;

import org.jspecify.annotations.NullMarked;
