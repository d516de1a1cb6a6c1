/** Reading, checking and joining tables: DuckDB, locked down. */
@NullMarked
package dev.lockkeeper.engine;

import org.jspecify.annotations.NullMarked;
