/** Data sources, data contracts and data sets. */
@NullMarked
package dev.lockkeeper.formats.ingestion;

import org.jspecify.annotations.NullMarked;
