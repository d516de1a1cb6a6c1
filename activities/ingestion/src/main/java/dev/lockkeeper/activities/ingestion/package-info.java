/** The ingestion stage: from a source file to typed Parquet under a data contract. */
@NullMarked
package dev.lockkeeper.activities.ingestion;

import org.jspecify.annotations.NullMarked;
