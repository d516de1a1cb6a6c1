/** The fifth lock: people decide, and sign what they decide. */
@NullMarked
package dev.lockkeeper.contracts.approval;

import org.jspecify.annotations.NullMarked;
