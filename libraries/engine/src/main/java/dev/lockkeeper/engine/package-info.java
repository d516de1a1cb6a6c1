/** Reading, checking and joining tables: the port of engines, and DuckDB, locked down. */
@NullMarked
package dev.lockkeeper.engine;

import org.jspecify.annotations.NullMarked;
