/** The first lock: from a source file to a typed, contract-checked data set. */
@NullMarked
package dev.lockkeeper.contracts.ingestion;

import org.jspecify.annotations.NullMarked;
