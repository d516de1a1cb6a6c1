/** The command line: starts runs, shows them, and sends what people decide. */
@NullMarked
package dev.lockkeeper.starter;

import org.jspecify.annotations.NullMarked;
